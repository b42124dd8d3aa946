import { isEquivalent } from '../answers/is-equivalent.js';
import { isUsed } from './mask-quantities.js';

export type StatementFault = 'empty' | 'still-asks' | 'answer-missing' | 'several-lines' | 'unknown-taken';

/**
 * What is wrong with a statement made of a question and its answer, or undefined. The statement has to hold the answer:
 * as it stands, or as a number or formula that is equal to it ("1,200" for 1200).
 */
export function checkStatement({
  statement,
  answer,
}: {
  statement: string;
  answer: string;
}): StatementFault | undefined {
  const text = statement.trim();
  if (text === '') return 'empty';
  if (text.includes('\n')) return 'several-lines';
  if (text.includes('?')) return 'still-asks';
  if (isUsed('x', text)) return 'unknown-taken'; // the masked quantity is called x
  return holds(text, answer) ? undefined : 'answer-missing';
}

function holds(text: string, answer: string): boolean {
  if (isTokenOf(text, answer)) return true;
  const numbers =
    text.match(/-?(?:\\[dt]?frac\{[^{}]*\}\{[^{}]*\}|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:\/[0-9]+)?)/g) ?? [];
  return numbers.slice(0, 50).some((number) => isEquivalent(answer, number).equivalent);
}

/** The answer itself, not a part of a longer number or word: 2 is not in "12" and not in "2.5". */
function isTokenOf(text: string, answer: string): boolean {
  if (answer.trim() === '') return false;
  const [isJoinedLeft, isJoinedRight] = [/[\p{L}\p{N}][.,]?$/u, /^(?:\p{N}|\p{L}|[.,]\p{N})/u];
  for (let at = text.indexOf(answer); at !== -1; at = text.indexOf(answer, at + 1)) {
    const isWhole =
      !isJoinedLeft.test(text.slice(Math.max(0, at - 3), at)) &&
      !isJoinedRight.test(text.slice(at + answer.length, at + answer.length + 3));
    if (isWhole) return true;
  }
  return false;
}
