import { wilsonInterval } from '../wilson-interval.js';
import { type Cluster, effectiveSampleSize } from './effective-sample-size.js';
import type { Accuracy } from './measure-accuracy.js';

/** The accuracy of a stream of verdicts: that of `measureAccuracy`, with nothing of a row held but its question's id and two counts. */
export function createAccuracyTally(): {
  readonly add: (verdict: { readonly problem: string | number; readonly correct: boolean }) => void;
  readonly measure: () => Accuracy;
} {
  // Both counts in one number: a million ids are held, and an object for each would be most of the memory
  const byProblem = new Map<string | number, number>();
  const total = { n: 0, correct: 0 };
  return {
    add: ({ problem, correct }) => {
      const right = correct ? 1 : 0;
      byProblem.set(problem, (byProblem.get(problem) ?? 0) + oneAnswer + right);
      total.n += 1;
      total.correct += right;
    },
    measure: () => {
      const { n, correct } = total;
      const accuracy = n === 0 ? 0 : correct / n;
      if (byProblem.size === n) return { n, correct, accuracy, interval: wilsonInterval(correct, n) };
      const effective = effectiveSampleSize([...byProblem.values()].map(unpack), total);
      return { n, correct, accuracy, interval: wilsonInterval(accuracy * effective, effective) };
    },
  };
}

const oneAnswer = 2 ** 24;
const unpack = (packed: number): Cluster => ({ n: Math.floor(packed / oneAnswer), correct: packed % oneAnswer });
