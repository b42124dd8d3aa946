import { parseAnswer } from '../parse/parse-answer.js';
import type { ExtractedAnswer } from './extract-answer.js';
import { listFormulas } from './find-formula.js';
import { findFirstNumber } from './find-number.js';

// Every repetition is bounded: a text of a million blanks or "answer"s must stay linear.
const phrase =
  /\b(?:final\s{1,3}answer|answer|result|solution)\s{0,5}(?:\([^()\n]{0,40}\)\s{0,5})?(?:is|are|was|be|equals|:|=|\*\*\s{0,3}:?)(?:\s{0,3}(?:therefore|thus|simply|:|\*\*)){0,3}|\bfinal answer\W{0,8}\n/gi;

/** What follows the last "The answer is", "####" or "A:" line mark, whichever comes last. */
export function findAfterPhrase(text: string): ExtractedAnswer | undefined {
  const stated = endOfLast(text, phrase);
  const hashes = text.lastIndexOf('####');
  const marked = endOfLast(text, /(?:^|\n)[ \t]{0,8}A:/g);
  if (hashes > Math.max(stated, marked)) {
    const line = firstLine(text.slice(hashes + 4, hashes + 2004));
    if (line !== '') return { answer: line, rule: 'hashes' };
  }
  if (marked > stated) {
    const line = firstLine(text.slice(marked, marked + 2000));
    if (line !== '') return { answer: line, rule: 'answer-mark' };
  }
  const answer = stated < 0 ? undefined : readStatement(text.slice(stated, stated + 3000));
  return answer === undefined ? undefined : { answer, rule: 'answer-is' };
}

/** "The final answer is $…$" behind a box corrects the box, which then stood in the middle of the work. */
export function findFinalStatement(text: string): ExtractedAnswer | undefined {
  const stated = endOfLast(text, /\bfinal answer is:?\s{0,5}(?=\$|\\\()/gi);
  const answer = stated < 0 ? undefined : readStatement(text.slice(stated, stated + 3000));
  return answer === undefined ? undefined : { answer, rule: 'answer-is' };
}

/** Where the last match ends; -1 for none. */
function endOfLast(text: string, pattern: RegExp): number {
  let end = -1;
  for (const match of text.matchAll(pattern)) end = (match.index ?? 0) + match[0].length;
  return end;
}

function firstLine(text: string): string {
  return (text.trimStart().split('\n', 1)[0] ?? '').trim();
}

/** The answer at the start of a statement: its formula, or its words up to the end of the sentence. */
function readStatement(text: string): string | undefined {
  const trimmed = text.replace(/^[\s*_:]+/, '');
  const [formula] = listFormulas(trimmed.slice(0, 1500));
  const line = firstLine(trimmed);
  const sentence = cutSentence(line);
  if (formula && formula.start < Math.max(sentence.length, 2)) return joinFormulas(trimmed.slice(0, 1500), sentence);
  if (sentence === '') return undefined;
  const parsed = parseAnswer(sentence);
  if (parsed.isMathematics || /^\(?[A-J][).:]\s/.test(sentence)) return sentence;
  return findFirstNumber(sentence) ?? sentence;
}

/** "$3$ and $5$" is one list; otherwise the first formula, with the percent sign or unit that follows it. */
function joinFormulas(text: string, sentence: string): string | undefined {
  const formulas = listFormulas(text);
  const [first, ...rest] = formulas;
  if (!first) return undefined;
  let answer = first.content;
  let end = first.end;
  for (const next of rest) {
    if (
      next.start > Math.max(sentence.length, end) ||
      !/^\s*(?:,|;|,?\s*and|,?\s*or)\s*$/.test(text.slice(end, next.start))
    )
      break;
    answer += `, ${next.content}`;
    end = next.end;
  }
  const unit = /^\s*(?:\\?%|percent|pct|degrees?)/i.exec(text.slice(end, end + 20))?.[0] ?? '';
  return answer + unit;
}

/** Up to a full stop that ends a sentence, or a word that starts a reason. */
export function cutSentence(line: string): string {
  const stop =
    /(?<![ap]\.m|\bsq|\b[A-Z])[.!?](?=\s+[A-Z\\*<"'(]|\s*$)|,?\s+(?:because|since|which|so that|where|as (?:we|the|it))\s|<\||\*\*/.exec(
      line,
    );
  return (stop && stop.index > 0 ? line.slice(0, stop.index) : line).trim();
}
