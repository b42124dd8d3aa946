import { createRandom } from '../problems/pocket/random.js';
import type { Interval } from '../wilson-interval.js';
import { defaultResamples, percentiles } from './bootstrap-interval.js';

/**
 * The mean difference of two systems that were made anew under several seeds, and its 95 % interval, in which questions and seeds are both
 * drawn (the pigeonhole bootstrap: Owen, 2007, Annals of Applied Statistics 1:386-411). `differences[seed][question]` is left's verdict minus
 * right's. It takes neither the questions nor the trainings for all there are; with few seeds it knows little of how trainings vary.
 *
 * @throws RangeError without a seed, without a question, or where seeds have different numbers of questions
 */
export function seededDifference(
  differences: readonly (readonly number[])[],
  { seed = 0, resamples = defaultResamples }: { readonly seed?: number; readonly resamples?: number } = {},
): { readonly difference: number; readonly interval: Interval } {
  const [seeds, questions] = [differences.length, differences[0]?.length ?? 0];
  if (seeds === 0 || questions === 0 || differences.some(({ length }) => length !== questions))
    throw new RangeError('Cannot compare under seeds: each seed needs the same questions, and at least one');
  const total = differences.reduce((sum, row) => sum + row.reduce((part, each) => part + each, 0), 0);
  const { next } = createRandom(`pigeonhole ${seed}`);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    const drawn = Array.from({ length: seeds }, () => differences[Math.floor(next() * seeds)] as readonly number[]);
    let sum = 0;
    for (let draw = 0; draw < questions; draw += 1) {
      const question = Math.floor(next() * questions);
      for (const row of drawn) sum += row[question] as number;
    }
    means[resample] = sum / (seeds * questions);
  }
  return { difference: total / (seeds * questions), interval: percentiles(means.sort()) };
}
