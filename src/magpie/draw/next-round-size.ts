/** Rounds are not larger than this, so that a lucky model does not draw far too much. */
const largestRound = 4096;

/**
 * How many texts to draw next: what is lacking over the share accepted so far, and a tenth on top. Depends on whole
 * rounds alone, never on time, so that a continued run draws the same rounds. 0 when `maxCandidates` are drawn.
 */
export function nextRoundSize({
  count,
  accepted,
  drawn,
  maxCandidates,
}: {
  count: number;
  accepted: number;
  drawn: number;
  maxCandidates: number;
}): number {
  const share = drawn === 0 ? 1 : Math.max(accepted / drawn, 0.1);
  const wanted = Math.ceil((11 * (count - accepted)) / (10 * share));
  return Math.max(0, Math.min(wanted, largestRound, maxCandidates - drawn));
}
