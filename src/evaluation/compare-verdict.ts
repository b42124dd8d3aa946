/** What a comparison allows to say of the second run: that it is better or worse than the first, or neither. */
export type ComparisonVerdict = 'better' | 'worse' | 'cannot-tell';

/** The chance of a finding where there is none, wherever nothing else is said. */
export const significance = 0.05;

/** The verdict on the second run; `difference` is the first one less the second. */
export function compareVerdict({
  difference,
  pValue,
}: {
  readonly difference: number;
  readonly pValue: number;
}): ComparisonVerdict {
  if (pValue >= significance || difference === 0) return 'cannot-tell';
  return difference < 0 ? 'better' : 'worse';
}
