import { type Interval, wilsonInterval } from '../wilson-interval.js';
import { answeredRows } from './answered-rows.js';
import { effectiveSampleSize } from './effective-sample-size.js';
import type { GradedRow } from './graded-row.js';

/** A share of right answers with its 95 % interval; shares are from 0 to 1. */
export type Accuracy = {
  /** Number of graded answers (questions times samples). */
  readonly n: number;
  readonly correct: number;
  /** correct / n; 0 when n is 0. */
  readonly accuracy: number;
  /** 95 %: Wilson's, over the effective sample size when questions were asked several times. */
  readonly interval: Interval;
};

/**
 * Accuracy with its 95 % interval: Wilson's, over fewer answers than there are where questions were asked several times. These are not independent, so n is divided by the
 * design effect of the clusters (Kish, 1965; with Wilson: Dean and Pagano, 2015, Journal of Survey Statistics and Methodology 3:484-503).
 * With one sample a question it is Wilson's own. Rows that nobody answered are not counted (`answeredRows`).
 *
 * @example measureAccuracy([{ problem: 'a', correct: true }, { problem: 'b', correct: false }]).accuracy // 0.5
 */
export function measureAccuracy(all: readonly Verdict[]): Accuracy {
  const rows = answeredRows(all);
  const n = rows.length;
  let correct = 0;
  for (const row of rows) if (row.correct) correct += 1;
  const effective = effectiveSize(rows, correct);
  const accuracy = n === 0 ? 0 : correct / n;
  return {
    n,
    correct,
    accuracy,
    interval: wilsonInterval(effective === n ? correct : accuracy * effective, effective),
  };
}

type Verdict = Pick<GradedRow, 'problem' | 'correct' | 'status' | 'failure' | 'finishReason'>;

function effectiveSize(rows: readonly Verdict[], correct: number): number {
  const n = rows.length;
  // As a rule every question was asked once, and there is nothing to add up
  const asked = new Set<string>();
  for (const { problem } of rows) asked.add(problem);
  if (asked.size === n) return n;
  const clusters = new Map<string, { n: number; correct: number }>();
  for (const row of rows) {
    const cluster = clusters.get(row.problem) ?? { n: 0, correct: 0 };
    cluster.n += 1;
    cluster.correct += row.correct ? 1 : 0;
    clusters.set(row.problem, cluster);
  }
  return effectiveSampleSize([...clusters.values()], { n, correct });
}
