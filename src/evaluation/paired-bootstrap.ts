import type { Interval } from '../wilson-interval.js';
import { bootstrapMeans, defaultResamples, percentiles } from './bootstrap-interval.js';

export type PairedBootstrap = {
  readonly n: number;
  /** The mean of the differences. */
  readonly difference: number;
  /** 95 %, percentiles. */
  readonly interval: Interval;
  /** Two-sided: how often a resample of the centred differences is as far from 0 as the mean, plus one over plus one. */
  readonly pValue: number;
  readonly resamples: number;
  readonly seed: number;
};

/**
 * The paired bootstrap of the differences of two systems, one a question (Efron and Tibshirani, 1993, chapters 13 and 16;
 * for systems on one test set: Koehn, 2004). Unlike McNemar's test it takes differences of means of several samples.
 * Without a question that differs the p-value is 1; without questions nothing is known.
 */
export function pairedBootstrap(
  differences: readonly number[],
  { seed = 0, resamples = defaultResamples }: { readonly seed?: number; readonly resamples?: number } = {},
): PairedBootstrap {
  const n = differences.length;
  if (n === 0) return { n, difference: 0, interval: [-1, 1], pValue: 1, resamples, seed };
  const difference = differences.reduce((sum, each) => sum + each, 0) / n;
  const means = bootstrapMeans(differences, { seed, resamples });
  // A resample of the centred differences is one of the differences, less their mean; rounding must not decide a tie
  const asFar = means.filter((mean) => Math.abs(mean - difference) >= Math.abs(difference) - 1e-12).length;
  return {
    n,
    difference,
    interval: percentiles(means),
    pValue: (asFar + 1) / (resamples + 1),
    resamples,
    seed,
  };
}
