import { InputError } from '../errors.js';
import { gradeResponse } from './grade-response.js';
import type { AnswerPolicy } from './policies.js';
import type { PresetName } from './presets/grade-with-preset.js';

export type GradedRow = {
  readonly id: string | number;
  readonly equivalent: boolean;
  readonly extracted: string | null;
  readonly rule: string;
  /** Milliseconds spent on the row. */
  readonly ms: number;
};

export type GradeSummary = {
  readonly count: number;
  readonly correctCount: number;
  /** correctCount / count; 0 for no rows. */
  readonly yield: number;
  readonly noAnswerCount: number;
  readonly badCount: number;
  /** Rows and accepted rows by rule, most frequent first. */
  readonly rules: readonly { readonly rule: string; readonly count: number; readonly correctCount: number }[];
};

export type GradeRowsOptions = {
  readonly preset?: PresetName;
  readonly policy?: Partial<AnswerPolicy>;
  /** The file's name, for the messages on bad lines. */
  readonly file?: string;
  /** Count bad lines and go on; @default false: the first throws InputError with file and line. */
  readonly skipBad?: boolean;
  /** Called for every bad line that is skipped. */
  readonly onBad?: (problem: { readonly line: number; readonly reason: string }) => void;
  /** Called once, after the last row. */
  readonly onSummary?: (summary: GradeSummary) => void;
};

/**
 * Grades a stream of JSON lines `{id?, gold, answer | response, question?}`, in order, with memory that does not grow
 * with the number of rows. A row without id gets its line number. `answer: null` is a row without an answer, not a bad
 * line.
 */
export async function* gradeRows(
  lines: AsyncIterable<string> | Iterable<string>,
  { preset = 'mathpie', policy, file = 'input', skipBad = false, onBad, onSummary }: GradeRowsOptions = {},
  now: () => number = () => performance.now(),
): AsyncGenerator<GradedRow> {
  const rules = new Map<string, { count: number; correctCount: number }>();
  const totals = { count: 0, correctCount: 0, noAnswerCount: 0, badCount: 0 };
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const row = readRow(text);
    if (typeof row === 'string') {
      if (!skipBad)
        throw new InputError(`Cannot grade ${file} line ${line}: ${row}; correct the line or pass --skip-bad`, {
          file,
          line,
        });
      totals.badCount++;
      onBad?.({ line, reason: row });
      continue;
    }
    const start = now();
    const { equivalent, extracted, rule } = gradeResponse({
      gold: row.gold,
      ...(row.response === undefined ? { answer: row.answer ?? '' } : { response: row.response }),
      preset,
      ...(policy ? { policy } : {}),
    });
    const ms = Math.round((now() - start) * 1000) / 1000;
    totals.count++;
    if (equivalent) totals.correctCount++;
    if (extracted === undefined || extracted === '') totals.noAnswerCount++;
    const counts = rules.get(rule) ?? { count: 0, correctCount: 0 };
    rules.set(rule, { count: counts.count + 1, correctCount: counts.correctCount + (equivalent ? 1 : 0) });
    yield { id: row.id ?? line, equivalent, extracted: extracted ?? null, rule, ms };
  }
  onSummary?.({
    ...totals,
    yield: totals.count === 0 ? 0 : totals.correctCount / totals.count,
    rules: [...rules].map(([rule, counts]) => ({ rule, ...counts })).sort((left, right) => right.count - left.count),
  });
}

type AnswerRow = {
  id: string | number | undefined;
  gold: string;
  answer: string | undefined;
  response: string | undefined;
};

/** The row, or what is wrong with the line. */
function readRow(text: string): AnswerRow | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not a JSON object';
  const { id, gold, answer, response } = value as Record<string, unknown>;
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') return 'field "id" is not a string';
  const goldText = textOf(gold);
  if (goldText === undefined)
    return gold === undefined ? 'field "gold" is missing' : 'field "gold" is no string or number';
  if (answer === undefined && response === undefined) return 'it has neither "answer" nor "response"';
  if (response !== undefined && response !== null) {
    return typeof response === 'string'
      ? { id, gold: goldText, answer: undefined, response }
      : 'field "response" is not a string';
  }
  const answerText = textOf(answer) ?? (answer === null || response === null ? '' : undefined);
  return answerText === undefined
    ? 'field "answer" is no string or number'
    : { id, gold: goldText, answer: answerText, response: undefined };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
