import { isPassing, isUnanswered } from '../runs/count-calls.js';
import { answeredRows } from './answered-rows.js';
import type { BestOf } from './best-of.js';
import { type Breakdown, breakdown } from './breakdown.js';
import { defaultFields } from './breakdown-fields.js';
import type { SecondOpinion } from './compare-graded.js';
import type { GradedRow } from './graded-row.js';
import { type MajorityAccuracy, majorityAccuracy } from './majority-accuracy.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';
import type { QuestionThird } from './question-thirds.js';
import { type CurvePoint, sampleCurves } from './sample-curves.js';
import { summarizeThinking, type ThinkingSummary } from './summarize-thinking.js';

/** What `summary.json` of an evaluation holds: its accuracy, and the parts of it. */
export type EvaluationSummary = Accuracy & {
  /** Name of the grader that gave the verdicts. */
  readonly grader: string;
  readonly by: Breakdown;
  /** Different problems. */
  readonly problems: number;
  /** Samples a problem. */
  readonly samples: number;
  /** Calls that failed, so that nobody answered: not counted as wrong, and not in n. */
  readonly failed: number;
  /** Those of them that the same command does not ask for again. */
  readonly failedForGood: number;
  /** Responses in which no answer was found; counted as wrong. */
  readonly unanswered: number;
  /** Responses cut at the token limit. */
  readonly truncated: number;
  /** Failed calls and refused answers by reason, most frequent first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[];
  /** Verdicts by the rule that gave them, most frequent first. */
  readonly rules: readonly { readonly rule: string; readonly count: number }[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** What thinking cost and changed; only where answers hold a thought. */
  readonly thinking?: ThinkingSummary;
  /** Majority vote over all samples; only with more than one. */
  readonly majority?: MajorityAccuracy;
  /** Chance that one of k samples is right, for k = 1, 2, 4, … up to all; only with more than one. */
  readonly passAt?: readonly CurvePoint[];
  /** Chance that the majority answer of k samples is right; only with more than one. */
  readonly majorityAt?: readonly CurvePoint[];
  /** Best of k, by whom it was asked to be chosen (`bestOf`). */
  readonly best?: readonly BestOf[];
  /** What the thirds by length of the question hold; only where the rows tell them. */
  readonly questionThirds?: readonly ThirdBounds[];
  /** Another grader's verdicts on the same responses. */
  readonly second?: SecondOpinion;
  /** Of imported rows: what their harness said of them. */
  readonly upstream?: UpstreamVerdicts;
};

/** The verdicts of the harness that rows were imported from. */
export type UpstreamVerdicts = Accuracy & {
  readonly harness: string;
  /** Which of its verdicts, such as `exact_match,strict-match`. */
  readonly verdict: string;
  readonly model?: string;
  /** What its own file of results says, where that was given too. */
  readonly reported?: readonly { readonly task: string; readonly metric: string; readonly value: number }[];
};

/** Lengths of the shortest and the longest question of a third, in characters. */
export type ThirdBounds = { readonly third: QuestionThird; readonly from: number; readonly to: number };

export type SummarizeOptions = {
  readonly grader: string;
  /** Equivalence of two answers, for the vote. @default equality of the text */
  readonly isSame?: (left: string, right: string) => boolean;
  /** @default level, subject, steps, length, type, questionThird, nearestType */
  readonly fields?: readonly string[];
  /** Another grader's verdicts, to stand beside. */
  readonly second?: SecondOpinion | undefined;
  /** Draws the bootstrap samples. @default 0 */
  readonly seed?: number;
};

/** What DIR/summary.json holds: plain JSON, and the same bytes for the same rows. */
export function summarize(
  rows: readonly GradedRow[],
  { grader, isSame = (left, right) => left === right, fields = defaultFields, second, seed = 0 }: SummarizeOptions,
): EvaluationSummary {
  const samples = rows.reduce((most, row) => Math.max(most, (row.sample ?? 0) + 1), 0);
  const done = answeredRows(rows);
  const failed = rows.filter(isUnanswered);
  const thinking = summarizeThinking(rows);
  return {
    ...measureAccuracy(rows),
    grader,
    by: breakdown(rows, fields),
    problems: countProblems(rows),
    samples,
    failed: failed.length,
    failedForGood: failed.filter((row) => !isPassing(row)).length,
    unanswered: done.filter((row) => row.answer === undefined).length,
    truncated: done.filter((row) => row.finishReason === 'length').length,
    failures: countBy(rows, (row) => (row.status === 'failed' ? (row.reason ?? 'unknown') : undefined)).map(
      ([reason, count]) => ({ reason, count }),
    ),
    rules: countBy(done, (row) => row.rule).map(([rule, count]) => ({ rule, count })),
    promptTokens: rows.reduce((sum, row) => sum + (row.promptTokens ?? 0), 0),
    completionTokens: rows.reduce((sum, row) => sum + (row.completionTokens ?? 0), 0),
    ...(thinking !== undefined && { thinking }),
    ...(samples > 1 && {
      majority: majorityAccuracy(rows, { k: samples, isSame }),
      ...sampleCurves(rows, { isSame, seed }),
    }),
    ...thirdBounds(rows),
    ...(second !== undefined && { second }),
  };
}

/** The majority vote in the form of best of k, to stand beside other ways of choosing. */
export function voteAsBest({
  majority,
  majorityAt = [],
}: Pick<EvaluationSummary, 'majority' | 'majorityAt'>): BestOf[] {
  if (majority === undefined) return [];
  const { ties: _, ...accuracy } = majority;
  return [{ by: 'vote', scoredBy: null, ...accuracy, unscored: 0, bestAt: majorityAt }];
}

function countProblems(rows: readonly GradedRow[]): number {
  const problems = new Set<string>();
  for (const { problem } of rows) problems.add(problem);
  return problems.size;
}

function thirdBounds(rows: readonly GradedRow[]): { questionThirds?: readonly ThirdBounds[] } {
  const bounds = new Map<QuestionThird, ThirdBounds>();
  for (const { questionThird: third, questionLength } of rows) {
    if (third === undefined || questionLength === undefined) continue;
    const { from, to } = bounds.get(third) ?? { from: questionLength, to: questionLength };
    bounds.set(third, { third, from: Math.min(from, questionLength), to: Math.max(to, questionLength) });
  }
  if (bounds.size === 0) return {};
  return { questionThirds: [...bounds.values()].sort((left, right) => left.from - right.from || left.to - right.to) };
}

/** How often each word comes, most frequent first; rows without one are not counted. */
function countBy(rows: readonly GradedRow[], wordOf: (row: GradedRow) => string | undefined): [string, number][] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const word = wordOf(row);
    if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(
    ([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1),
  );
}
