import type { AnswerPolicy } from '../../answers/parse/policies.js';
import type { StageConfig } from '../../runs/run-config.js';
import { createGrader, type Grader } from '../create-grader.js';
import type { GradedRow } from '../graded-row.js';
import { type Accuracy, measureAccuracy } from '../measure-accuracy.js';
import { accuracyAtBudget, type BudgetAccuracy } from './accuracy-at-budget.js';
import { describeWriting } from './describe-writing.js';
import { type Cause, findCause, type RunSigns } from './find-cause.js';
import { findSuspectGolds } from './find-suspect-golds.js';
import { nextStep } from './next-step.js';

/** The points that one cause took. */
export type LostPoints = {
  readonly cause: Cause;
  readonly rows: number;
  /** 100 times the share of all answers. The points of all causes and the accuracy add up to 100. */
  readonly points: number;
  /** Points that mending it is likely to win: of answers that nobody saw to their end as many are right as of the others of their level. */
  readonly worth: number;
  /** The first thing to do about it. */
  readonly next: string;
  /** What it was about, the most frequent first: who accepts the answers, how they are written, why calls failed. */
  readonly about: readonly { readonly what: string; readonly rows: number }[];
  /** Ids of up to five rows. */
  readonly examples: readonly string[];
};

/** What mathpie explain says of a run: where its points were lost, and what its accuracy would be at any limit of tokens. */
export type RunExplanation = {
  readonly accuracy: Accuracy;
  /** Largest first. */
  readonly causes: readonly LostPoints[];
  /** What the accuracy would be at smaller limits of tokens; undefined where rows do not tell theirs. */
  readonly atBudget: readonly BudgetAccuracy[] | undefined;
};

export type ExplainOptions = {
  /** Name of the grader that gave the verdicts. @default 'mathpie' */
  readonly grader?: string;
  readonly directory?: string | undefined;
  /** The configuration of the evaluation, where it was made here. */
  readonly config?: StageConfig | undefined;
  /** How the rows were imported. */
  readonly imported?: StageConfig | undefined;
  readonly budgets?: readonly number[] | undefined;
};

/** Departures from the default policy that other graders take: an answer that one of them accepts is no fault of the model's alone. */
const policies: readonly Partial<AnswerPolicy>[] = [
  { boxes: 'last' },
  { boxes: 'all' },
  { thinking: 'fallback' },
  { equationChains: 'last' },
  { missingBase: 'accept' },
  { roundedDecimalPlaces: 2 },
];

/**
 * Why a score is as low as it is: every row without its point is given one cause (`causes`, in that order), so that points and accuracy add up to
 * 100. A failed call is among them, although no accuracy counts it.
 *
 * @example const { causes } = explainRun(rows); // [{ cause: 'cut', rows: 31, points: 15.5, next: 'mathpie evaluate …' }, …]
 */
export function explainRun(
  rows: readonly GradedRow[],
  { grader = 'mathpie', directory, config, imported, budgets }: ExplainOptions = {},
): RunExplanation {
  const own = createGrader();
  const signs: RunSigns = {
    others: otherGraders(grader),
    suspects: findSuspectGolds(rows, { isSame: own.isSame }),
    hasStops: hasStops(config),
    limit: findLimit(rows),
  };
  const found = new Map<Cause, { readonly lost: GradedRow[]; readonly about: Map<string, number> }>();
  for (const row of rows) {
    const why = findCause(row, signs);
    if (why === undefined) continue;
    const entry = found.get(why.cause) ?? { lost: [], about: new Map<string, number>() };
    found.set(why.cause, entry);
    entry.lost.push(row);
    const what = why.cause === 'other-grader' ? `${describeWriting(row)}, accepted by ${why.by}` : why.by;
    if (what !== undefined) entry.about.set(what, (entry.about.get(what) ?? 0) + 1);
  }
  const longest = rows.reduce((most, { completionTokens = 0 }) => Math.max(most, completionTokens), 0);
  const causes = [...found].map(([cause, { lost, about }]) => ({
    cause,
    rows: lost.length,
    points: (100 * lost.length) / rows.length,
    worth: (100 * winnable(cause, lost, rows)) / rows.length,
    next: nextStep(cause, { directory, config, imported, longest, grader, about: commonest(about) }),
    about: [...about].sort(([, left], [, right]) => right - left).map(([what, count]) => ({ what, rows: count })),
    examples: lost.slice(0, 5).map(({ id, problem }) => id ?? problem),
  }));
  causes.sort((left, right) => right.rows - left.rows);
  return { accuracy: measureAccuracy(rows), causes, atBudget: accuracyAtBudget(rows, budgets) };
}

/** How many of the lost rows are likely to be right once the cause is gone. */
function winnable(cause: Cause, lost: readonly GradedRow[], rows: readonly GradedRow[]): number {
  // Nothing is won by asking again where the model itself was wrong; what another grader accepts is right already
  if (cause === 'wrong') return 0;
  if (cause === 'other-grader' || cause === 'not-found') return lost.length;
  const gone = new Set(lost);
  const others = rows.filter((row) => !gone.has(row));
  const share = (of: readonly GradedRow[]): number =>
    of.filter(({ correct }) => correct).length / Math.max(1, of.length);
  const levels = new Map<GradedRow['level'], number>();
  const shareOf = (level: GradedRow['level']): number => {
    const before = levels.get(level);
    if (before !== undefined) return before;
    const same = others.filter((row) => row.level === level);
    const found = share(same.length < leastOfLevel ? others : same);
    levels.set(level, found);
    return found;
  };
  // Long answers are cut, and those are of hard questions
  return lost.reduce((sum, { level }) => sum + shareOf(level), 0);
}

/** With fewer rows of a level the share of all is taken. */
const leastOfLevel = 10;

function otherGraders(grader: string): readonly Grader[] {
  const strict = grader === 'mathpie' ? [] : [createGrader()];
  return grader.startsWith('mathpie') ? [...strict, ...policies.map((policy) => createGrader({ policy }))] : strict;
}

/** Words of its own, or those of a published evaluation. */
function hasStops(config: StageConfig | undefined): boolean {
  const { stop, preset } = config ?? {};
  return (Array.isArray(stop) && stop.length > 0) || (typeof preset === 'string' && preset.startsWith('metamath'));
}

/** The token count that ends too many answers to be chance, where nobody tells how answers ended: the largest, of at least three and one in a hundred. */
function findLimit(rows: readonly GradedRow[]): number | undefined {
  if (rows.some(({ finishReason }) => finishReason !== undefined)) return undefined;
  const most = rows.reduce((longest, { completionTokens = 0 }) => Math.max(longest, completionTokens), 0);
  const count = rows.filter(({ completionTokens }) => completionTokens === most).length;
  return most > 0 && count >= Math.max(3, rows.length / 100) ? most : undefined;
}

const commonest = (about: ReadonlyMap<string, number>): string | undefined =>
  [...about].sort(([, left], [, right]) => right - left)[0]?.[0];
