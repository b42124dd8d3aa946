import { type Interval, wilsonInterval } from '../../../wilson-interval.js';

export type Counted = {
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly interval: Interval;
};

/**
 * Accuracies of many groups in one pass: those of `measureAccuracy`, with the design effect of several samples a question, for rows that come
 * question by question. A table of 20,000 rows is counted anew at every click.
 */
export function createCounter(groupCount: number) {
  const sums = Array.from({ length: 6 }, () => new Float64Array(groupCount));
  const [n, correct, clusters, squares, products, sizes] = sums as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const last = new Int32Array(groupCount).fill(-1);
  const openN = new Float64Array(groupCount);
  const openCorrect = new Float64Array(groupCount);
  const close = (group: number): void => {
    const [size = 0, right = 0] = [openN[group], openCorrect[group]];
    if (size === 0) return;
    n[group]! += size;
    correct[group]! += right;
    clusters[group]! += 1;
    squares[group]! += right * right;
    products[group]! += right * size;
    sizes[group]! += size * size;
    openN[group] = 0;
    openCorrect[group] = 0;
  };
  return {
    /** `question` tells clusters apart; rows of one come one after another within a group. */
    add: (group: number, question: number, isCorrect: boolean): void => {
      if (last[group] !== question) close(group);
      last[group] = question;
      openN[group]! += 1;
      if (isCorrect) openCorrect[group]! += 1;
    },
    read: (group: number): Counted => {
      close(group);
      last[group] = -1;
      const [size = 0, right = 0, count = 0] = [n[group], correct[group], clusters[group]];
      const accuracy = size === 0 ? 0 : right / size;
      // Sum of (right in a cluster - its size times the share) squared
      const spread = squares[group]! - 2 * accuracy * products[group]! + accuracy * accuracy * sizes[group]!;
      const effective = effectiveSize({ size, right, count, spread });
      const interval = wilsonInterval(effective === size ? right : accuracy * effective, effective);
      return { n: size, correct: right, accuracy, interval };
    },
  };
}

/** As in `measureAccuracy`: n over the design effect. */
function effectiveSize({
  size,
  right,
  count,
  spread,
}: {
  size: number;
  right: number;
  count: number;
  spread: number;
}): number {
  if (count === size) return size;
  if (count < 2 || right === 0 || right === size) return count;
  const share = right / size;
  const clusterVariance = ((count / (count - 1)) * spread) / size ** 2;
  const simpleVariance = (share * (1 - share)) / size;
  return Math.min(size, (size * simpleVariance) / clusterVariance);
}
