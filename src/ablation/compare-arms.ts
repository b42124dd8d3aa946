import { answeredRows } from '../evaluation/answered-rows.js';
import { compareRuns } from '../evaluation/compare-runs.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import { type Accuracy, measureAccuracy } from '../evaluation/measure-accuracy.js';
import { seededDifference } from '../evaluation/seeded-difference.js';
import type { Interval } from '../wilson-interval.js';

/** What a pair of arms comes to: its 95 % interval lies above 0, below 0, or holds it. */
export type Verdict = 'better' | 'worse' | 'cannot-tell';

/** An arm less the one that it is compared with, on the same questions under the same seeds. */
export type ArmDifference = {
  readonly difference: number;
  /** 95 %: of one seed Newcombe's of the pairs, of several one that draws seeds and questions (`seededDifference`). */
  readonly interval: Interval;
  /** Exact McNemar; of one seed alone. */
  readonly pValue: number | undefined;
  /** Share of the answers on which the two arms differ. */
  readonly discordance: number;
  readonly verdict: Verdict;
};

/** The graded answers of an arm, a list for each seed. */
export type SeededRows = readonly (readonly GradedRow[])[];

/**
 * Compares two arms seed by seed and question by question, on the questions that were answered everywhere. Throws `RangeError` where there
 * is no such question.
 */
export function compareArms(left: SeededRows, right: SeededRows): ArmDifference {
  if (left.length === 1) {
    const { difference, interval, pValue, onlyLeft, onlyRight, n } = compareRuns(left[0] ?? [], right[0] ?? []);
    return {
      difference,
      interval,
      pValue,
      discordance: (onlyLeft + onlyRight) / Math.max(1, n),
      verdict: tell(interval),
    };
  }
  const verdicts = [left, right].map((runs) =>
    runs.map((rows) => new Map(answeredRows(rows).map(({ problem, correct }) => [problem, correct]))),
  );
  const questions = (left[0] ?? [])
    .map(({ problem }) => problem)
    .filter((problem) => verdicts.flat().every((run) => run.has(problem)));
  const [ours = [], others = []] = verdicts;
  const differences = ours.map((run, seed) =>
    questions.map((problem) => Number(run.get(problem)) - Number(others[seed]?.get(problem))),
  );
  const { difference, interval: drawn } = seededDifference(differences);
  // Where every answer differs in the same way, or none does, so does each drawing: then the questions alone say how little that tells
  const isBlind = drawn[0] === drawn[1];
  const asked = new Set(questions);
  const [one = [], another = []] = [left[0], right[0]].map((rows) => rows?.filter(({ problem }) => asked.has(problem)));
  const interval = isBlind ? compareRuns(one, another).interval : drawn;
  const all = differences.flat();
  const discordance = all.filter((each) => each !== 0).length / all.length;
  return { difference, interval, pValue: undefined, discordance, verdict: tell(interval) };
}

/** Accuracy over all seeds: answers of several seeds to one question are not independent, and count as samples of it. */
export function measureArm(bySeed: SeededRows): Accuracy {
  return measureAccuracy(bySeed.flatMap((rows, sample) => rows.map((row) => ({ ...row, sample }))));
}

/** The same within each level; `measured` are those of left's rows that its accuracy is of. */
export function compareLevels(
  left: SeededRows,
  right: SeededRows | undefined,
  measured: SeededRows = left,
): (Accuracy & { readonly level: number; readonly against: ArmDifference | undefined })[] {
  const levels = [...new Set((left[0] ?? []).flatMap(({ level }) => (level === undefined ? [] : [level])))].sort();
  return levels.map((level) => {
    const within = (rows: SeededRows): SeededRows => rows.map((each) => each.filter((row) => row.level === level));
    const against = right === undefined ? undefined : compareArms(within(left), within(right));
    return { level, ...measureArm(within(measured)), against };
  });
}

/** How often two seeds of one arm differ on a question: the mean of neighbours; undefined with one seed. */
export function discordanceOfSeeds(bySeed: SeededRows): number | undefined {
  if (bySeed.length < 2) return undefined;
  const shares = bySeed.slice(1).map((rows, place) => compareArms([rows], [bySeed[place] ?? []]).discordance);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

const tell = ([low, high]: Interval): Verdict => (low > 0 ? 'better' : high < 0 ? 'worse' : 'cannot-tell');
