import { type Interval, normalQuantile } from '../wilson-interval.js';

export type ScoredLabel = { readonly score: number; readonly label: boolean };

/** The area under the ROC curve with its 95 % interval, both from 0 to 1. */
export type AreaUnderCurve = {
  /** Chance that a random positive scores above a random negative, ties counted as one half. */
  readonly auc: number;
  readonly interval: Interval;
  readonly positiveCount: number;
  readonly negativeCount: number;
};

/**
 * Area under the ROC curve: the Mann-Whitney statistic on midranks, over positives times negatives. The 95 % interval solves |AUC - x| = z
 * * SE(x) with the standard error of Hanley and McNeil (1982, Radiology 143:29-36) for equal group sizes: method 5 of Newcombe (2006,
 * Statistics in Medicine 25:559-573). It stays in [0, 1] and has a width at AUC 1. Undefined when there are no positives or no negatives.
 * Throws `RangeError` for a score that is no number.
 *
 * @throws RangeError when a score is not a number
 */
export function areaUnderCurve(rows: readonly ScoredLabel[]): AreaUnderCurve | undefined {
  const bad = rows.findIndex((row) => Number.isNaN(row.score));
  if (bad !== -1) throw new RangeError(`Cannot compute the area under the curve: score ${bad} is not a number`);
  const positiveCount = rows.filter((row) => row.label).length;
  const negativeCount = rows.length - positiveCount;
  if (positiveCount === 0 || negativeCount === 0) return undefined;
  const rankSum = positiveRankSum(rows);
  const auc = (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount);
  return { auc, interval: scoreInterval({ auc, positiveCount, negativeCount }), positiveCount, negativeCount };
}

function positiveRankSum(rows: readonly ScoredLabel[]): number {
  const ordered = [...rows].sort((left, right) => (left.score === right.score ? 0 : left.score < right.score ? -1 : 1));
  let sum = 0;
  for (let start = 0; start < ordered.length; ) {
    let end = start;
    while (end < ordered.length && ordered[end]?.score === ordered[start]?.score) end += 1;
    const midrank = (start + 1 + end) / 2;
    for (let index = start; index < end; index += 1) if (ordered[index]?.label) sum += midrank;
    start = end;
  }
  return sum;
}

type Sizes = { readonly auc: number; readonly positiveCount: number; readonly negativeCount: number };

function scoreInterval({ auc, positiveCount, negativeCount }: Sizes): Interval {
  const halfSum = (positiveCount + negativeCount) / 2 - 1;
  const standardError = (area: number) =>
    Math.sqrt(
      (area * (1 - area) * (1 + halfSum * ((1 - area) / (2 - area) + area / (1 + area)))) /
        (positiveCount * negativeCount),
    );
  // Inside the interval the distance is below z standard errors; the end is where that turns
  const findEnd = (outside: number): number => {
    let [inner, outer] = [auc, outside];
    for (let step = 0; step < 60; step += 1) {
      const middle = (inner + outer) / 2;
      if (Math.abs(auc - middle) <= normalQuantile * standardError(middle)) inner = middle;
      else outer = middle;
    }
    return inner;
  };
  return [auc === 0 ? 0 : findEnd(0), auc === 1 ? 1 : findEnd(1)];
}
