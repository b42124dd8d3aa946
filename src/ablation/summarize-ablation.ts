import { formatPoints } from '../evaluation/format-accuracy.js';
import type { Accuracy } from '../evaluation/measure-accuracy.js';
import { averagedDiscordance, smallestDifference } from '../evaluation/smallest-difference.js';
import type { Interval } from '../wilson-interval.js';
import {
  type ArmDifference,
  compareArms,
  compareLevels,
  discordanceOfSeeds,
  measureArm,
  type SeededRows,
  type Verdict,
} from './compare-arms.js';
import type { Arm } from './list-arms.js';
import type { MixedSet } from './mix-set.js';
import type { AblationRecipe } from './recipe.js';

/** A row of `table.json`: an arm's accuracy on held-out problems, and its difference from the arm that it is compared with. */
export type AblationRow = {
  readonly arm: string;
  readonly seeds: number;
  /** Graded answers: questions times seeds. */
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly interval: Interval;
  readonly against: string | null;
  readonly difference: number | null;
  readonly differenceInterval: Interval | null;
  readonly verdict: Verdict | null;
  readonly pValue: number | null;
  /** On backward questions; null where none are asked. */
  readonly backward: (Accuracy & { readonly against: ArmDifference | null }) | null;
  readonly byLevel: readonly (Accuracy & { readonly level: number; readonly against: ArmDifference | null })[];
  /** What it learnt from, the mean over seeds; null where nothing is trained. */
  readonly set: Pick<MixedSet, 'rows' | 'distinct' | 'tokens' | 'wrong'> | null;
  /** Accuracy under each seed. */
  readonly bySeed: readonly number[];
};

/** What `summary.json` of an ablation holds. */
export type AblationSummary = {
  readonly name: string;
  readonly seeds: number;
  readonly grader: string;
  readonly questions: { readonly forward: number; readonly backward: number };
  readonly arms: readonly AblationRow[];
  /** A sentence for each pair, on problems and on backward questions. */
  readonly sentences: readonly string[];
  readonly measured: {
    /** The mean over the pairs. */
    readonly discordance: number;
    /** Of one arm under two seeds; undefined with one seed. */
    readonly seedDiscordance: number | undefined;
    /** Found with a power of 80 % at that discordance. */
    readonly smallestDifference: number;
    readonly smallestBackward: number | undefined;
  };
};

/** All that one arm left: graded answers and sets, a list item for each seed. */
export type ArmResults = {
  readonly arm: Arm;
  readonly forward: SeededRows;
  readonly backward: SeededRows | undefined;
  readonly sets: readonly MixedSet[];
};

export function summarizeAblation(
  results: readonly ArmResults[],
  { recipe, grader }: { readonly recipe: Pick<AblationRecipe, 'name' | 'seeds'>; readonly grader: string },
): AblationSummary {
  const byName = new Map(results.map((each) => [each.arm.name, each]));
  const rows = results.map((each) => toRow(each, byName.get(each.arm.against ?? '')));
  const questions = {
    forward: results[0]?.forward[0]?.length ?? 0,
    backward: results[0]?.backward?.[0]?.length ?? 0,
  };
  const pairs = results.flatMap(({ arm, forward }) => {
    const other = byName.get(arm.against ?? '');
    return other === undefined ? [] : [compareArms(forward, other.forward).discordance];
  });
  const discordance = mean(pairs) ?? 0;
  const ofSeeds = results.flatMap(({ arm, forward }) =>
    Object.keys(arm.shares).length === 0 ? [] : (discordanceOfSeeds(forward) ?? []),
  );
  const seedDiscordance = mean(ofSeeds);
  const averaged = averagedDiscordance({ discordance, seedDiscordance: seedDiscordance ?? 0, seeds: recipe.seeds });
  const smallest = (n: number): number => smallestDifference({ n, discordance: averaged });
  const measured = {
    discordance,
    seedDiscordance,
    smallestDifference: smallest(questions.forward),
    smallestBackward: questions.backward === 0 ? undefined : smallest(questions.backward),
  };
  return {
    name: recipe.name,
    seeds: recipe.seeds,
    grader,
    questions,
    arms: rows,
    sentences: rows.flatMap((row) => tellPair(row, { questions, measured })),
    measured,
  };
}

function toRow({ arm, forward, backward, sets }: ArmResults, other: ArmResults | undefined): AblationRow {
  const { n, correct, accuracy, interval } = measureArm(forward);
  const found = other === undefined ? undefined : compareArms(forward, other.forward);
  const behind =
    backward === undefined || other?.backward === undefined ? undefined : compareArms(backward, other.backward);
  const average = (of: (set: MixedSet) => number): number => mean(sets.map(of)) ?? 0;
  return {
    arm: arm.name,
    seeds: forward.length,
    ...{ n, correct, accuracy, interval },
    against: other?.arm.name ?? null,
    difference: found?.difference ?? null,
    differenceInterval: found?.interval ?? null,
    verdict: found?.verdict ?? null,
    pValue: found?.pValue ?? null,
    backward: backward === undefined ? null : { ...measureArm(backward), against: behind ?? null },
    byLevel: compareLevels(forward, other?.forward).map((level) => ({ ...level, against: level.against ?? null })),
    set:
      sets.length === 0
        ? null
        : {
            rows: average(({ rows }) => rows),
            distinct: average(({ distinct }) => distinct),
            tokens: average(({ tokens }) => tokens),
            wrong: average(({ wrong }) => wrong),
          },
    bySeed: forward.map((rows) => measureArm([rows]).accuracy),
  };
}

function tellPair(
  { arm, against, difference, differenceInterval, verdict, seeds, backward }: AblationRow,
  { questions, measured }: Pick<AblationSummary, 'questions' | 'measured'>,
): string[] {
  if (against === null || difference === null || differenceInterval === null || verdict === null) return [];
  const many = seeds === 1 ? '1 seed' : `${seeds} seeds`;
  const say = (
    what: string,
    n: number,
    { difference: by, interval, verdict: told }: Pick<ArmDifference, 'difference' | 'interval' | 'verdict'>,
    smallest: number | undefined,
  ): string => {
    const limit =
      told === 'cannot-tell' && smallest !== undefined
        ? `; less than ${(100 * smallest).toFixed(1)} points is easily missed`
        : '';
    const words = told === 'cannot-tell' ? 'cannot tell' : told;
    return `${arm} against ${against}, ${what} (n = ${n}, ${many}): ${words}, ${formatPoints(by)} points, 95 % interval ${interval.map(formatPoints).join(' to ')}${limit}`;
  };
  const forward = { difference, interval: differenceInterval, verdict };
  return [
    say('problems', questions.forward, forward, measured.smallestDifference),
    ...(backward?.against
      ? [say('backward questions', questions.backward, backward.against, measured.smallestBackward)]
      : []),
  ];
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
