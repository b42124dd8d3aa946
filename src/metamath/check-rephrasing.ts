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
  if (numbersIn(original).join(' ') !== numbersIn(rephrased).join(' ')) return 'quantities-changed';
  return isAsking(rephrased) ? undefined : 'no-question';
}

/** Letters and digits alone: a changed comma is no rephrasing. */
function bareText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** All numbers, those inside larger tokens too: "a 10-minute walk" may become "a walk of 10 minutes". */
function numbersIn(text: string): readonly string[] {
  return [...text.matchAll(/[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+/g)].map(([found]) => plainNumber(found)).sort();
}

function plainNumber(text: string): string {
  const digits = text
    .replace(/,/g, '')
    .replace(/^0+(?=[0-9])/, '')
    .replace(/^\./, '0.');
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
