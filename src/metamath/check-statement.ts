import { isEquivalent } from '../answers/compare/is-equivalent.js';
import { isUsed } from './mask-quantities.js';

export type StatementFault = 'empty' | 'still-asks' | 'answer-missing' | 'several-lines' | 'unknown-taken';

/**
 * What is wrong with a statement made of a question and its answer, or undefined. The statement has to hold the answer: as
 * it stands, or as a number or formula that is equal to it ("1,200" for 1200). An answer that the question tells already
 * ("How many of the 12 …?") has to be there once more. The statement must not speak of the `variable` that another quantity
 * is masked by.
 */
export function checkStatement({
  statement,
  answer,
  question = '',
  variable = 'x',
}: {
  statement: string;
  answer: string;
  /** The sentence that asks. */
  question?: string;
  variable?: string;
}): StatementFault | undefined {
  const text = statement.trim();
  if (text === '') return 'empty';
  if (text.includes('\n')) return 'several-lines';
  if (/[?？]|(?:です|ます|でしょう)か。?$/.test(text)) return 'still-asks';
  if (isUsed(variable, text)) return 'unknown-taken';
  if (answer.trim() === '') return 'answer-missing';
  const isThere = [countTokens, countEqual].some((count) => count(text, answer) > count(question, answer));
  return isThere ? undefined : 'answer-missing';
}

/** Numbers and formulas that are equal to the answer. */
function countEqual(text: string, answer: string): number {
  const pieces =
    text.match(
      /(?<!\\)\$[^$]{1,200}(?<!\\)\$|-?(?:\\[dt]?frac\{[^{}]*\}\{[^{}]*\}|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:\/[0-9]+)?)/g,
    ) ?? [];
  return pieces.slice(0, 50).filter((piece) => isEquivalent(answer, resultOf(piece)).equivalent).length;
}

/** `$t = 7$` says that something is 7. */
function resultOf(piece: string): string {
  const formula = piece.startsWith('$') ? piece.slice(1, -1) : piece;
  return formula.slice(formula.lastIndexOf('=') + 1);
}

/** The answer itself, not a part of something longer: 2 is not in "12", "2.5", "-2", "1/2", `\frac{5}{2}` or `$x+2$`. */
function countTokens(text: string, answer: string): number {
  const [isJoinedLeft, isJoinedRight] = [/(?:[\p{L}\p{N}][.,]?|[-+*/^_{\\])$/u, /^(?:\p{N}|\p{L}|[+*/^}]|[.,]\p{N})/u];
  let count = 0;
  for (let at = text.indexOf(answer); at !== -1; at = text.indexOf(answer, at + answer.length)) {
    const isWhole =
      !isJoinedLeft.test(text.slice(Math.max(0, at - 3), at)) &&
      !isJoinedRight.test(text.slice(at + answer.length, at + answer.length + 3));
    if (isWhole) count += 1;
  }
  return count;
}
