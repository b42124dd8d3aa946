import { isAsking } from './is-asking.js';
import { asksAnotherThing } from './rephrasing/asks-another-thing.js';
import { changesRelation } from './rephrasing/changes-relation.js';
import { compareQuantities } from './rephrasing/compare-quantities.js';

export type RephrasingFault =
  | 'empty'
  | 'same-text'
  | 'quantities-changed'
  | 'units-changed'
  | 'no-question'
  | 'asked-changed';

/**
 * What is wrong with a rephrasing, or undefined. It has to say something else, keep every quantity of the original (a
 * fraction is one, in digits or in words) as often as it occurs there and in its unit, and ask for the same thing. Whether
 * it still means the same only its answers can tell (MetaMath, section 3.2: kept when an answer to it equals the gold
 * answer).
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
  const changed = compareQuantities(original, rephrased);
  if (changed !== undefined) return changed;
  if (changesRelation(original, rephrased)) return 'quantities-changed';
  if (!isAsking(rephrased)) return 'no-question';
  return asksAnotherThing(original, rephrased) ? 'asked-changed' : undefined;
}

/** Letters and digits alone: a changed comma is no rephrasing. */
function bareText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
