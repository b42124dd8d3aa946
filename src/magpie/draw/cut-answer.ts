import { extractAnswer } from '../../answers/extract/extract-answer.js';
import { findAskedSentence, splitSentences } from '../../language/last-sentence.js';
import { findAnswerBleed } from './find-answer-bleed.js';

/** A drawn text in two: what the user asks, and the answer that the model ran on to in the user's turn. */
export type CutText = { readonly problem: string; readonly answer: string };

/**
 * Cuts a text in front of the answer to its own question, where the first sentence or line that answers begins. Undefined where nothing answers,
 * where nothing stands in front, and where the rest may tell the answer. Whether the rest is a whole problem is for `checkInstruction` to say.
 */
export function cutAnswer(text: string): CutText | undefined {
  // Of questions in turns ("Q: … A: … Q: …") the later ones may lean on the answers
  if (exchange.test(text)) return undefined;
  let problem = text;
  for (let at = findAnswerBleed(problem); at !== undefined; at = findAnswerBleed(problem)) {
    problem = problem.slice(0, startBefore(problem, at)).trim().replace(heading, '').trim();
  }
  if (problem === '' || problem === text) return undefined;
  const answer = text.slice(problem.length).trim();
  return tellsValue(problem, answer) ? undefined : { problem, answer };
}

/** Whether a text sets about an answer, and does not run on in some other way. */
export function opensAnswer(text: string): boolean {
  return opening.test(text);
}
const opening =
  /^[^\p{L}\p{N}]{0,6}(?:to \p{L}+|let['’]?s|let us|we|first|step 1|(?:the )?(?:final |correct )?(?:answer|solution)s?|a ?[:：]|yes|no|解|答|まず)(?!\p{L})/iu;

const exchange = /\n\s*(?:q|question|user|human)\s?[:：]/i;
/** What stands over an answer: "**Solution**", a line across. */
const heading =
  /\n\s*(?:[*#_(]{0,4}\s?(?:the )?(?:solution|answer|proof|explanation|解答|答え|解説)\s?[*_:：)]{0,4}|[-*_=]{3,})\s*$/i;

/** Where the sentence or line begins that `at`, or the first letter behind it, stands in. */
function startBefore(text: string, at: number): number {
  const from = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  if (ends.test(text.slice(0, from)) || label.test(text.slice(from))) return from;
  const line = text.lastIndexOf('\n', from - 1) + 1;
  const sentence = splitSentences(text).findLast(([start]) => start <= from)?.[0] ?? 0;
  return Math.max(line, sentence);
}
/** Begins an answer, also behind choices in the same line. */
const label = /^(?:correct|answers?|ans)\b[^.?!\n]{0,20}[:：]/i;
const ends = /[.?!。？！:：]["'”’)\]}$」』]*\s+$|[。？！]$/;

/** Whether the value that the answer ends in stands behind the question already. */
function tellsValue(problem: string, answer: string): boolean {
  const value = extractAnswer(answer)?.answer;
  const end = findAskedSentence(problem)?.span[1];
  if (value === undefined || end === undefined) return false;
  const behind = problem.slice(end);
  const at = behind.indexOf(value);
  const isWhole =
    !/[\p{L}\p{N}.]$/u.test(behind.slice(0, Math.max(0, at))) &&
    !/^[\p{L}\p{N}]/u.test(behind.slice(at + value.length));
  return at !== -1 && isWhole && !listed.test(behind);
}
/** Choices hold the right one. */
const listed = /(?:^|\s)\(?[A-D][).:]\s/;
