import { japaneseLetter } from '../../answers/parse/spell-japanese.js';
import { findAskedSentence } from '../../language/last-sentence.js';
import { findJapaneseBleed } from './find-japanese-bleed.js';

/** Where the answer begins inside of a problem, in UTF-16 offsets; undefined where it holds none. */
export function findAnswerBleed(instruction: string): number | undefined {
  const found = opening.exec(instruction) ?? restart.exec(instruction) ?? lecture.exec(instruction);
  if (found !== null) return found.index;
  if (japaneseLetter.test(instruction)) return findJapaneseBleed(instruction);
  const asked = findAskedSentence(instruction);
  if (asked === undefined) return undefined;
  const [, end] = asked.span;
  // What comes after the question may give units or hints, but somebody who reasons is answering.
  const reasoning = reasons.exec(instruction.slice(end));
  return reasoning === null ? undefined : end + reasoning.index;
}

const opening =
  /\\boxed\b|^\s*(?:\*\*)?(?:answer|solution|explanation|step 1|解答|答え|解説)\b(?:\*\*)?\s*[:：.]|\bthe (?:final )?answer is\b(?! (?:the|what))|\blet(?:'s|’s| us) (?:solve|break|think|start by|first|work|begin by)\b|#### |\n\s*(?:step 1|first, we|solution:|answer:|解答|答え[:：])/im;

/** "To find x, we …": the task in other words, and somebody who sets about it. */
const restart =
  /\bto (?:solve|find|determine|answer|prove|show|compute|calculate|count|evaluate|simplify|check|verify|demonstrate|establish|explore|analy[sz]e|tackle|approach|begin|start)\b[^?\n]{0,240}?, (?:we|you|one|let)\b/i;

/** A definition where a question was asked: a lexicon answers. */
const lecture =
  /\?\s+[^?]{0,120}\b(?:states that|(?:is|are) (?:indeed )?an? (?:fundamental|powerful|cornerstone|fascinating|important)|are the numbers that)\b/i;

const reasons =
  /\b(?:we|let's|let us|let’s|i will|i can|you might consider|therefore|thus|hence|first,|so,? the|this means|is given by|is indeed)\b/i;
