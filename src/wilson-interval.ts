/** Lower and upper bound; both lie in [0, 1] where a share is meant. */
export type Interval = readonly [low: number, high: number];

/** The 0.975 quantile of the standard normal: every interval of this package is a 95 % one. */
export const normalQuantile = 1.959963984540054;

/**
 * The 95 % score interval of a share, without continuity correction (Wilson, 1927, JASA 22:209-212; method 3 of Newcombe, 1998, Statistics
 * in Medicine 17:857-872). It keeps inside [0, 1] and does not collapse at 0 of n or n of n. `correct` and `n` need not be whole numbers,
 * so that an effective sample size can be given. With n = 0 nothing is known: [0, 1]. Throws `RangeError` unless 0 <= correct <= n.
 *
 * @throws RangeError when `correct` is not between 0 and `n`
 * @example wilsonInterval(7, 10) // [0.397, 0.892]
 */
export function wilsonInterval(correct: number, n: number): Interval {
  if (!(correct >= 0 && correct <= n && Number.isFinite(n)))
    throw new RangeError(`Cannot compute the Wilson interval: 0 <= correct <= n does not hold for ${correct} of ${n}`);
  if (n === 0) return [0, 1];
  const share = correct / n;
  const squared = normalQuantile ** 2;
  const centre = share + squared / (2 * n);
  const margin = normalQuantile * Math.sqrt((share * (1 - share)) / n + squared / (4 * n * n));
  const scale = 1 + squared / n;
  // At the ends the two terms are equal in exact arithmetic; rounding must not leave 1e-18 instead of 0
  return [
    correct === 0 ? 0 : Math.max(0, (centre - margin) / scale),
    correct === n ? 1 : Math.min(1, (centre + margin) / scale),
  ];
}
