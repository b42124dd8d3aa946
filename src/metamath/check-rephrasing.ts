import { toHalfWidth } from '../answers/extract/find-japanese.js';
import { findQuantities } from './find-quantities.js';
import { isAsking } from './is-asking.js';

export type RephrasingFault = 'empty' | 'same-text' | 'quantities-changed' | 'no-question';

/**
 * What is wrong with a rephrasing, or undefined. It has to say something else, keep every number of the original as
 * often as it occurs there, and ask something. Whether it still means the same only its answers can tell
 * (MetaMath, section 3.2: kept when an answer to it equals the gold answer).
 */
export function checkRephrasing({
  original,
  rephrased,
}: {
  original: string;
  rephrased: string;
}): RephrasingFault | undefined {
  if (rephrased.trim() === '') return 'empty';
  if (bareText(original) === bareText(rephrased)) return 'same-text';
  if (!hasSameNumbers(original, rephrased)) return 'quantities-changed';
  return isAsking(rephrased) ? undefined : 'no-question';
}

/** Letters and digits alone: a changed comma is no rephrasing. */
function bareText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Every number in digits has to come back, in digits or as a word ("three"), and none may be new. A number that is a word
 * on both sides may go or come ("the two of them"), but not become another one.
 */
function hasSameNumbers(original: string, rephrased: string): boolean {
  const [before, after] = [readNumbers(original), readNumbers(rephrased)];
  const [lost, fresh] = [without(before.digits, after.digits), without(after.digits, before.digits)];
  if (without(lost, after.words).length > 0 || without(fresh, before.words).length > 0) return false;
  const [gone, come] = [without(before.words, fresh), without(after.words, lost)];
  // "one" is a pronoun as often as a number
  const isNumber = (value: string): boolean => value !== '1';
  return !without(gone, come).some(isNumber) || !without(come, gone).some(isNumber);
}

/** All numbers, those inside larger tokens too: "a 10-minute walk" may become "a walk of 10 minutes". */
function readNumbers(given: string): { digits: readonly string[]; words: readonly string[] } {
  const text = toHalfWidth(given);
  const digits = [...text.matchAll(/[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+/g)].map(([found]) => plainNumber(found));
  const words = findQuantities(text).flatMap(({ kind, value }) => (kind === 'word' ? [value] : []));
  return { digits, words };
}

/** What is left of a list when each item of another one has taken one away. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.indexOf(item);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

function plainNumber(text: string): string {
  const digits = text
    .replace(/,/g, '')
    .replace(/^0+(?=[0-9])/, '')
    .replace(/^\./, '0.');
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
