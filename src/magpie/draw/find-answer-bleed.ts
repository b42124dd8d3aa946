import { japaneseLetter } from '../../answers/parse/spell-japanese.js';
import { findAskedSentence, isAskingSentence, splitSentences } from '../../language/last-sentence.js';
import { findJapaneseBleed } from './find-japanese-bleed.js';
import { findToldAnswer } from './find-told-answer.js';

/** Where the answer begins inside of a problem, in UTF-16 offsets; undefined where it holds none. */
export function findAnswerBleed(instruction: string): number | undefined {
  const found =
    findOpening(instruction) ??
    findToldAnswer(instruction) ??
    replies.exec(instruction) ??
    restart.exec(instruction) ??
    announced.exec(instruction) ??
    lecture.exec(instruction);
  if (found !== null) return found.index;
  if (japaneseLetter.test(instruction)) return findJapaneseBleed(instruction);
  const again = findRestatement(instruction);
  if (again !== undefined) return again;
  const asked = findAskedSentence(instruction);
  if (asked === undefined) return undefined;
  const [, end] = asked.span;
  const behind = instruction.slice(end);
  const [, subject] = statement.exec(behind) ?? [];
  if (subject !== undefined && asked.sentence.toLowerCase().includes(subject.toLowerCase())) return end;
  if (!parts.test(behind) && countWords(behind.replace(drawing, '')) > mostBehind) return end;
  // What comes after the question may give units or hints, but somebody who reasons is answering.
  const reasoning = reasons.exec(behind);
  return reasoning === null ? undefined : end + reasoning.index;
}

/** "The total age is 9." behind "What is the total age?" */
const statement = /^\s*(the [^.?!]{2,120}?) (?:is|are|was|were|will be|would be) [^?!]{1,40}$/i;

/** So many words behind the question may say how to answer; more of them are the answer, or a lecture. */
const mostBehind = 50;
/** Parts of a question that ask in their own way, and a figure as text, are no answer. */
const parts = /(?:^|[\s.])\(?(?:[a-h]|[ivx]{1,4}|[1-6])[).]\s/i;
const drawing =
  /\[asy\][\s\S]*?(?:\[\/asy\]|$)|\\begin\{(?:tabular|tikzpicture)[\s\S]*?\\end\{(?:tabular|tikzpicture)\}/g;
const countWords = (text: string): number => text.match(/\p{L}{2,}/gu)?.length ?? 0;

const opening =
  /\\boxed\b|^\s*(?:\*\*)?(?:answer|solution|explanation|step 1|解答|答え|解説)\b(?:\*\*)?\s*[:：.]|\bthe (?:final |correct )?answer is\b(?! (?:the|what))|\blet(?:'s|’s| us) (?:solve|break|think|start by|first|work|begin by)\b|#### |\b1\. \*\*\p{Lu}|\bstep 1\s*[:.]|\n\s*(?:step 1|first, we|solution:|answer:|answers:(?![^\n]*,)|解答|答え[:：])/imu;

/** "Solution: 30 % salt" in front of everything that is asked names what the problem is about. */
function findOpening(instruction: string): { readonly index: number } | null {
  const found = opening.exec(instruction);
  if (found === null || !/^\s*solution\b/i.test(found[0]) || !/[?？]\s*$/.test(instruction)) return found;
  const before = instruction.slice(0, found.index);
  if (splitSentences(before).some(([start, end]) => isAskingSentence(before.slice(start, end).trim()))) return found;
  const rest = opening.exec(instruction.slice(found.index + found[0].length));
  return rest === null ? null : { index: found.index + found[0].length + rest.index };
}

/** Somebody answers himself. */
const replies = /(?<=\?["')\]]*\s+)(?:yes|no|it (?:is|does|can) ?not|it isn['’]t)\b[,.]\s/i;

/** "To find x, we …": the task in other words, and somebody who sets about it. */
const restart =
  /\bto (?:solve|attempt|find|determine|answer|prove|show|compute|calculate|count|evaluate|simplify|check|verify|demonstrate|establish|explore|analy[sz]e|tackle|approach|begin|start)\b[^?\n]{0,240}?, (?:we|you|one|let|consider|first|start|begin|note|recall|observe)\b|(?:^|[.?!]\s+|\n\s*)to (?:solve|find|determine|isolate|evaluate|simplify)\b[^.?!\n]{0,80}, (?:add|subtract|multiply|divide|substitute|isolate|simplify) (?:both|each|the equation|\S*\d\S* (?:to|from|by))\b|\blet(?:'s|’s| us) take\b[^.?]{0,80}\bto (?:verify|check|see|show)\b/i;

/** "To determine the number of such sets": the text ends where somebody sets about it. */
const announced =
  /(?<=[.?!)\]$]\s+)to (?:solve|attempt|find|determine|answer|prove|show|compute|calculate|count|evaluate)\b(?:[^.?!]*$| (?:the|this) (?:given )?problem:)/i;

/** Where a run of words is said for the second time behind the first question: who answers begins with the question. */
function findRestatement(instruction: string): number | undefined {
  const text = instruction.replace(drawing, '');
  const [, from] = splitSentences(text).find(([start, end]) => isAskingSentence(text.slice(start, end).trim())) ?? [];
  if (from === undefined || from === text.length) return undefined;
  const words = [...text.toLowerCase().matchAll(/\p{L}{2,}/gu)];
  const seen = new Set<string>();
  for (let start = 0; start + runWords <= words.length; start++) {
    const run = words.slice(start, start + runWords).map(([word]) => word);
    const key = run.join(' ');
    if (seen.has(key) && new Set(run).size > runWords / 2 && (words[start]?.index ?? 0) >= from) return from;
    // A run may overlap with itself only in a text that stutters
    seen.add(key);
  }
  return undefined;
}
/** Two sentences of one story share their frame at times; so many words in a row they do not. */
const runWords = 12;

/** A definition where a question was asked: a lexicon answers. */
const lecture =
  /(?<=\?\s+)[^?]{0,120}\b(?:states that|(?:is|are) (?:indeed )?an? (?:fundamental|powerful|cornerstone|fascinating|important)|are the numbers that)\b/i;

const reasons =
  /\b(?:we(?! (?:assume|suppose|ignore|neglect|regard|call|treat)\b)|let's|let us|let’s|i will|i can|you might consider|therefore|thus|hence|first,|so,? the|this means|is given by|is indeed)\b|(?:^\s*|[.?!]\s+|\n)(?:add|subtract|multiply|divid|substitut|factor|simplify|rearrang|expand|isolat|solv)ing\b[^.?!]{1,80}\b(?:gives?|yields?|we get|leads? to|results? in)\b/i;
