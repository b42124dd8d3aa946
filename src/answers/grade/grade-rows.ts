import type { AnswerPolicy } from '../parse/policies.js';
import type { Strength } from '../parse/verdict.js';
import { gradeResponse, type PresetName } from './grade-with-preset.js';
import { type ReadAnswerRowsOptions, readAnswerRows } from './read-answer-row.js';

/** The verdict on one row of a stream, behind the row's own columns; a column with the name of one of these gives way. */
export type GradedRow = {
  readonly [column: string]: unknown;
  readonly id: string | number;
  readonly equivalent: boolean;
  readonly extracted: string | null;
  readonly rule: string;
  /** How the verdict was reached; a reproduced grader's verdicts are its policy. */
  readonly strength: Strength;
  /** Milliseconds spent on the row. */
  readonly ms: number;
};

export type RuleCount = { readonly rule: string; readonly count: number; readonly correctCount: number };

/** Counts over all rows that were graded. */
export type GradeSummary = {
  readonly count: number;
  readonly correctCount: number;
  /** correctCount / count; 0 for no rows. */
  readonly yield: number;
  readonly noAnswerCount: number;
  readonly badCount: number;
  /** Rows and accepted rows by rule, most frequent first. */
  readonly rules: readonly RuleCount[];
};

/** How a stream of rows is graded, and who is told of what. */
export type GradeRowsOptions = ReadAnswerRowsOptions & {
  readonly preset?: PresetName;
  readonly policy?: Partial<AnswerPolicy>;
  /** Called once, after the last row. */
  readonly onSummary?: (summary: GradeSummary) => void;
};

/**
 * Grades a stream of JSON lines `{id?, gold, answer | response, question?, …}`, in order, every column kept, with memory that does not grow
 * with the number of rows. A row without id gets its line number. `answer: null` is a row without an answer, not a bad
 * line.
 */
export async function* gradeRows(
  lines: AsyncIterable<string> | Iterable<string>,
  { preset = 'mathpie', policy, onBad, onSummary, ...reading }: GradeRowsOptions = {},
  now: () => number = () => performance.now(),
): AsyncGenerator<GradedRow> {
  const rules = new Map<string, { count: number; correctCount: number }>();
  const totals = { count: 0, correctCount: 0, noAnswerCount: 0, badCount: 0 };
  const countBad: ReadAnswerRowsOptions['onBad'] = (problem) => {
    totals.badCount++;
    onBad?.(problem);
  };
  for await (const { id, columns, ...row } of readAnswerRows(lines, { ...reading, onBad: countBad })) {
    const start = now();
    const { equivalent, extracted, rule, strength } = gradeResponse({ ...row, preset, ...(policy && { policy }) });
    const ms = Math.round((now() - start) * 1000) / 1000;
    totals.count++;
    if (equivalent) totals.correctCount++;
    if (extracted === undefined || extracted === '') totals.noAnswerCount++;
    const counts = rules.get(rule) ?? { count: 0, correctCount: 0 };
    rules.set(rule, { count: counts.count + 1, correctCount: counts.correctCount + (equivalent ? 1 : 0) });
    const { id: _, ...others } = columns;
    yield { id, ...others, equivalent, extracted: extracted ?? null, rule, strength, ms };
  }
  onSummary?.({
    ...totals,
    yield: totals.count === 0 ? 0 : totals.correctCount / totals.count,
    rules: [...rules].map(([rule, counts]) => ({ rule, ...counts })).sort((left, right) => right.count - left.count),
  });
}
