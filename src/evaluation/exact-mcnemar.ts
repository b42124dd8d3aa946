/**
 * Two-sided p-value of McNemar's exact test: the discordant pairs split like a fair coin (McNemar, 1947; formula 2 of Fagerland, Lydersen
 * and Laake, 2013, BMC Medical Research Methodology 13:91). 1 when no pair is discordant. Throws `RangeError` for counts that are no whole
 * numbers of at least 0.
 *
 * @throws RangeError when a count is not a whole number from 0
 * @example exactMcNemar(8, 1) // 0.0391
 */
export function exactMcNemar(onlyLeft: number, onlyRight: number): number {
  for (const count of [onlyLeft, onlyRight])
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`Cannot compute McNemar's test: counts must be whole numbers from 0, got ${count}`);
  const total = onlyLeft + onlyRight;
  const smaller = Math.min(onlyLeft, onlyRight);
  // In logarithms, because 2 ** -total underflows above 1,074 discordant pairs
  let logTerm = -total * Math.LN2;
  let tail = 0;
  for (let count = 0; count <= smaller; count += 1) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(total - count) - Math.log(count + 1);
  }
  return Math.min(1, 2 * tail);
}
