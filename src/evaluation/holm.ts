/**
 * p-values corrected for their number, in their order: Holm's step-down procedure (1979, Scandinavian Journal of Statistics 6:65-70), which keeps the chance of
 * one false finding among all of them, whatever depends on what.
 *
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((left, right) => (pValues[left] ?? 0) - (pValues[right] ?? 0));
  const adjusted: number[] = [];
  let most = 0;
  order.forEach((index, rank) => {
    most = Math.max(most, Math.min(1, (pValues.length - rank) * (pValues[index] ?? 0)));
    adjusted[index] = most;
  });
  return adjusted;
}
