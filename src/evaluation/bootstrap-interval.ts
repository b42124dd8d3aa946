import { createRandom } from '../problems/pocket/random.js';
import { type Interval, wilsonInterval } from '../wilson-interval.js';

export type BootstrapOptions = {
  /** @default 0 */
  readonly seed?: number;
  /** @default 2000 */
  readonly resamples?: number;
};

export const defaultResamples = 2000;

/**
 * The 95 % percentile bootstrap interval of a mean (Efron and Tibshirani, 1993, chapter 13). `values` are one number per
 * problem, so that whole problems are drawn and the samples of one problem stay together. Too narrow below some twenty
 * problems, as every percentile bootstrap is.
 *
 * @throws RangeError without values
 */
export function bootstrapInterval(values: readonly number[], options: BootstrapOptions = {}): Interval {
  return percentiles(bootstrapMeans(values, options));
}

/**
 * The same for shares in [0, 1]. Where all values are equal a bootstrap draws the same mean each time and would claim
 * certainty, and near 0 and 1 it is too narrow; where all are 0 or 1 a better interval is known. In these cases it is
 * Wilson's, over the number of problems.
 */
export function bootstrapShareInterval(values: readonly number[], options: BootstrapOptions = {}): Interval {
  if (values.length === 0) return [0, 1];
  const [first = 0] = values;
  if (values.every((value) => value === first) || values.every((value) => value === 0 || value === 1)) {
    const sum = values.reduce((total, value) => total + value, 0);
    return wilsonInterval(Math.min(sum, values.length), values.length);
  }
  return bootstrapInterval(values, options);
}

/** The means of the resamples, ascending. */
export function bootstrapMeans(
  values: readonly number[],
  { seed = 0, resamples = defaultResamples }: BootstrapOptions = {},
): Float64Array {
  if (values.length === 0) throw new RangeError('Cannot draw a bootstrap sample: there is no value');
  const { next } = createRandom(`bootstrap ${seed}`);
  const count = values.length;
  const data = Float64Array.from(values);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    let sum = 0;
    for (let draw = 0; draw < count; draw += 1) sum += data[Math.floor(next() * count)] as number;
    means[resample] = sum / count;
  }
  return means.sort();
}

/** The 2.5th and the 97.5th percentile of ascending numbers. */
export function percentiles(sorted: Float64Array): Interval {
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}
