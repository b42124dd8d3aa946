import { answeredRows } from './answered-rows.js';
import type { GradedRow } from './graded-row.js';
import { groupByProblem } from './majority-accuracy.js';

/**
 * The chance that at least one of k samples is right, estimated without bias from n >= k samples of which `correct` are right: 1 - C(n -
 * correct, k) / C(n, k), as a product (Chen et al., 2021, arXiv:2107.03374, equation 1). Throws `RangeError` unless k is a whole number
 * from 1 to n.
 *
 * @throws RangeError when k is not between 1 and n
 * @example passAtK({ n: 8, correct: 2, k: 4 }) // 0.786
 */
export function passAtK({
  n,
  correct,
  k,
}: {
  readonly n: number;
  readonly correct: number;
  readonly k: number;
}): number {
  if (!(Number.isInteger(k) && k >= 1 && k <= n))
    throw new RangeError(`Cannot estimate pass@k: k must be a whole number from 1 to n = ${n}, got ${k}`);
  let failure = 1;
  for (let index = n - correct + 1; index <= n; index += 1) failure *= Math.max(0, 1 - k / index);
  return 1 - failure;
}

/** The mean of pass@k over the questions; every question needs at least k answered rows, or `RangeError` is thrown. */
export function meanPassAtK(rows: readonly GradedRow[], { k }: { readonly k: number }): number {
  const questions = [...groupByProblem(answeredRows(rows)).values()];
  const sum = questions.reduce(
    (total, group) => total + passAtK({ n: group.length, correct: group.filter((row) => row.correct).length, k }),
    0,
  );
  return questions.length === 0 ? 0 : sum / questions.length;
}
