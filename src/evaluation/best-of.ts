import { answeredRows } from './answered-rows.js';
import { bootstrapShareInterval } from './bootstrap-interval.js';
import type { GradedRow } from './graded-row.js';
import { groupByProblem } from './majority-accuracy.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';
import type { CurvePoint } from './sample-curves.js';

/** Who chooses among the answers to a question: `vote`, the majority; `reward`, a reward model; `judge`, a model that says yes or no. */
export const bestSources = ['vote', 'reward', 'judge'] as const;
export type BestSource = (typeof bestSources)[number];

/** The accuracy of the answers that were chosen, one a question. */
export type BestOf = Accuracy & {
  readonly by: BestSource;
  /** The model that scored; null for a vote. */
  readonly scoredBy: string | null;
  /** Answers a question to choose among. */
  readonly k: number;
  /** Answers without a score, chosen only where a question has no other. */
  readonly unscored: number;
  /** best@k: the chance that the best of k answers is right, for k = 1, 2, 4, … up to all. */
  readonly bestAt: readonly CurvePoint[];
};

type Choosing = {
  readonly by: BestSource;
  readonly scoredBy: string;
  /** The score of an answer, by `answerKey`; null or absent where none was given. */
  readonly scores: ReadonlyMap<string, number | null>;
  /** Draws the bootstrap samples. @default 0 */
  readonly seed?: number;
};

/** Names an answer: samples of one problem differ in their number. */
export const answerKey = ({ problem, sample = 0 }: Pick<GradedRow, 'problem' | 'sample'>): string =>
  `${problem}#${sample}`;

/**
 * Best of k by a score (Cobbe et al. 2021, arXiv 2110.14168, section 4): of the answers to each question the one with the highest score counts; of equals the first, one
 * without a score only where none has one. As pass@k, best@k is the mean over all sets of k of the n answers, in closed form: the i-th best of n is the best
 * of C(n-i, k-1) of the C(n, k) sets.
 */
export function bestOf(all: readonly GradedRow[], { by, scoredBy, scores, seed = 0 }: Choosing): BestOf {
  const rows = answeredRows(all);
  const scoreOf = (row: GradedRow): number => scores.get(answerKey(row)) ?? Number.NEGATIVE_INFINITY;
  const ranked = [...groupByProblem(rows).values()].map((group) =>
    [...group].sort((left, right) => {
      const [a, b] = [scoreOf(left), scoreOf(right)];
      return (a === b ? 0 : b - a) || (left.sample ?? 0) - (right.sample ?? 0);
    }),
  );
  const k = ranked.reduce((least, group) => Math.min(least, group.length), Number.POSITIVE_INFINITY);
  const ks = ranked.length === 0 ? [] : [...powersBelow(k), k];
  return {
    by,
    scoredBy,
    k: ranked.length === 0 ? 0 : k,
    ...measureAccuracy(ranked.flatMap(([best]) => (best === undefined ? [] : [best]))),
    unscored: rows.filter((row) => scoreOf(row) === Number.NEGATIVE_INFINITY).length,
    bestAt: ks.map((size) => {
      const values = ranked.map((group) => bestChance(group, size));
      return {
        k: size,
        value: values.reduce((sum, value) => sum + value, 0) / values.length,
        interval: bootstrapShareInterval(values, { seed }),
      };
    }),
  };
}

const powersBelow = (most: number): readonly number[] =>
  Array.from({ length: 20 }, (_, power) => 2 ** power).filter((k) => k < most);

/** `ranked`: the best first. */
function bestChance(ranked: readonly Pick<GradedRow, 'correct'>[], k: number): number {
  const n = ranked.length;
  let chance = k / n;
  let right = 0;
  for (const [place, { correct }] of ranked.entries()) {
    if (correct) right += chance;
    if (place + k >= n) break;
    chance *= (n - place - k) / (n - place - 1);
  }
  return Math.min(1, right);
}
