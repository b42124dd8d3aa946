import { formatPoints } from '../evaluation/format-accuracy.js';
import type { Accuracy } from '../evaluation/measure-accuracy.js';
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
import { type Arm, isTrained } from './list-arms.js';
import type { MixedSet } from './mix-set.js';
import type { AblationRecipe } from './recipe.js';

/** A row of `table.json`: an arm's accuracy on held-out problems, and its difference from the arm that it is compared with. */
export type AblationRow = {
  readonly arm: string;
  /** 1 where nothing is trained: it is asked once. */
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
    /** The mean over the pairs of which both were trained, where there are such. */
    readonly discordance: number;
    /** Of one arm under two seeds; undefined with one seed. */
    readonly seedDiscordance: number | undefined;
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
  const discordance = mean(discordances(results, byName)) ?? 0;
  const ofSeeds = results.flatMap(({ arm, forward }) => (isTrained(arm) ? (discordanceOfSeeds(forward) ?? []) : []));
  const seedDiscordance = mean(ofSeeds);
  const measured = { discordance, seedDiscordance };
  return {
    name: recipe.name,
    seeds: recipe.seeds,
    grader,
    questions,
    arms: rows,
    sentences: rows.flatMap((row) => tellPair(row, { questions, seeds: recipe.seeds })),
    measured,
  };
}

/** What a training moves sets no measure for how much two trainings differ. */
function discordances(results: readonly ArmResults[], byName: ReadonlyMap<string, ArmResults>): number[] {
  const pairs = results.flatMap(({ arm, forward }) => {
    const other = byName.get(arm.against ?? '');
    if (other === undefined) return [];
    const areTrained = isTrained(arm) && isTrained(other.arm);
    return [{ areTrained, share: compareArms(forward, other.forward).discordance }];
  });
  const trained = pairs.filter(({ areTrained }) => areTrained);
  return (trained.length > 0 ? trained : pairs).map(({ share }) => share);
}

function toRow({ arm, forward, backward, sets }: ArmResults, other: ArmResults | undefined): AblationRow {
  // The untrained student is asked once, and its answers stand under every seed
  const own = (rows: SeededRows): SeededRows => (isTrained(arm) ? rows : rows.slice(0, 1));
  const { n, correct, accuracy, interval } = measureArm(own(forward));
  const found = other === undefined ? undefined : compareArms(forward, other.forward);
  const behind =
    backward === undefined || other?.backward === undefined ? undefined : compareArms(backward, other.backward);
  const average = (of: (set: MixedSet) => number): number => mean(sets.map(of)) ?? 0;
  return {
    arm: arm.name,
    seeds: own(forward).length,
    ...{ n, correct, accuracy, interval },
    against: other?.arm.name ?? null,
    difference: found?.difference ?? null,
    differenceInterval: found?.interval ?? null,
    verdict: found?.verdict ?? null,
    pValue: found?.pValue ?? null,
    backward: backward === undefined ? null : { ...measureArm(own(backward)), against: behind ?? null },
    byLevel: compareLevels(forward, other?.forward, own(forward)).map((level) => ({
      ...level,
      against: level.against ?? null,
    })),
    set:
      sets.length === 0
        ? null
        : {
            rows: average(({ rows }) => rows),
            distinct: average(({ distinct }) => distinct),
            tokens: average(({ tokens }) => tokens),
            wrong: average(({ wrong }) => wrong),
          },
    bySeed: own(forward).map((rows) => measureArm([rows]).accuracy),
  };
}

function tellPair(
  { arm, against, difference, differenceInterval, verdict, backward }: AblationRow,
  { questions, seeds }: Pick<AblationSummary, 'questions' | 'seeds'>,
): string[] {
  if (against === null || difference === null || differenceInterval === null || verdict === null) return [];
  const many = seeds === 1 ? '1 seed' : `${seeds} seeds`;
  const say = (what: string, n: number, found: Pick<ArmDifference, 'difference' | 'interval' | 'verdict'>): string => {
    const limit =
      found.verdict === 'cannot-tell'
        ? `; less than ${(100 * smallestFound(found.interval)).toFixed(1)} points is easily missed`
        : '';
    const words = found.verdict === 'cannot-tell' ? 'cannot tell' : found.verdict;
    const by = `${formatPoints(found.difference)} points, 95 % interval ${found.interval.map(formatPoints).join(' to ')}`;
    return `${arm} against ${against}, ${what} (n = ${n}, ${many}): ${words}, ${by}${limit}`;
  };
  return [
    say('problems', questions.forward, { difference, interval: differenceInterval, verdict }),
    ...(backward?.against ? [say('backward questions', questions.backward, backward.against)] : []),
  ];
}

/** The difference that an interval so wide leaves 0 outside of, four times in five. */
export const smallestFound = ([low, high]: Interval): number => (((high - low) / 2) * (1.96 + 0.8416)) / 1.96;

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
