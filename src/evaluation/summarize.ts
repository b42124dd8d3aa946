import { type Breakdown, breakdown } from './breakdown.js';
import type { GradedRow } from './graded-row.js';
import { type MajorityAccuracy, majorityAccuracy } from './majority-accuracy.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';
import { meanPassAtK } from './pass-at-k.js';

export type EvaluationSummary = Accuracy & {
  /** Name of the grader that gave the verdicts. */
  readonly grader: string;
  readonly by: Breakdown;
  /** Different problems. */
  readonly problems: number;
  /** Samples a problem. */
  readonly samples: number;
  /** Items that failed; counted as wrong. */
  readonly failed: number;
  /** Responses in which no answer was found; counted as wrong. */
  readonly unanswered: number;
  /** Responses cut at the token limit. */
  readonly truncated: number;
  /** Failed items by reason, most frequent first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[];
  /** Verdicts by the rule that gave them, most frequent first. */
  readonly rules: readonly { readonly rule: string; readonly count: number }[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Majority vote over all samples; only with more than one. */
  readonly majority?: MajorityAccuracy;
  /** Chance that one of k samples is right, for k = 1, 2, 4, … up to all; only with more than one. */
  readonly passAt?: readonly { readonly k: number; readonly value: number }[];
};

export const defaultFields = ['level', 'subject', 'steps', 'length', 'type'] as const;

export type SummarizeOptions = {
  readonly grader: string;
  /** Equivalence of two answers, for the vote. @default equality of the text */
  readonly isSame?: (left: string, right: string) => boolean;
  /** @default level, subject, steps, length, type */
  readonly fields?: readonly string[];
};

/** What DIR/summary.json holds: plain JSON, and the same bytes for the same rows. */
export function summarize(
  rows: readonly GradedRow[],
  { grader, isSame = (left, right) => left === right, fields = defaultFields }: SummarizeOptions,
): EvaluationSummary {
  const samples = rows.reduce((most, row) => Math.max(most, (row.sample ?? 0) + 1), 0);
  const done = rows.filter((row) => row.status !== 'failed');
  return {
    ...measureAccuracy(rows),
    grader,
    by: breakdown(rows, fields),
    problems: new Set(rows.map((row) => row.problem)).size,
    samples,
    failed: rows.length - done.length,
    unanswered: done.filter((row) => row.answer === undefined).length,
    truncated: done.filter((row) => row.finishReason === 'length').length,
    failures: countBy(rows.flatMap((row) => (row.status === 'failed' ? [row.reason ?? 'unknown'] : []))).map(
      ([reason, count]) => ({ reason, count }),
    ),
    rules: countBy(done.flatMap((row) => (row.rule === undefined ? [] : [row.rule]))).map(([rule, count]) => ({
      rule,
      count,
    })),
    promptTokens: rows.reduce((sum, row) => sum + (row.promptTokens ?? 0), 0),
    completionTokens: rows.reduce((sum, row) => sum + (row.completionTokens ?? 0), 0),
    ...(samples > 1 && { majority: majorityAccuracy(rows, { k: samples, isSame }), passAt: passCurve(rows) }),
  };
}

function passCurve(rows: readonly GradedRow[]): { k: number; value: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.problem, (counts.get(row.problem) ?? 0) + 1);
  // Not Math.min(...counts), which overflows the stack at some 100,000 problems
  const most = [...counts.values()].reduce((least, count) => Math.min(least, count));
  const ks = Array.from({ length: 20 }, (_, power) => 2 ** power).filter((k) => k < most);
  return [...ks, most].map((k) => ({ k, value: meanPassAtK(rows, { k }) }));
}

function countBy(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(
    ([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1),
  );
}
