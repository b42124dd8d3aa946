import { gradeResponse } from '../answers/grade-response.js';
import type { PresetName } from '../answers/presets/grade-with-preset.js';
import { formatCount } from './format-progress.js';
import type { AnswerRow } from './read-answers.js';

export type GradedAnswerRow = {
  readonly id: string | number;
  readonly equivalent: boolean;
  /** The answer that was compared; null when the response has none. */
  readonly extracted: string | null;
  readonly rule: string;
  /** Milliseconds that the judgement took. */
  readonly ms: number;
};

/** Grades rows one by one, in their order. */
export function gradeAnswers(
  rows: readonly AnswerRow[],
  { preset, now = () => performance.now() }: { preset: PresetName; now?: () => number },
): GradedAnswerRow[] {
  return rows.map(({ id, ...row }) => {
    const startedAt = now();
    const { equivalent, extracted, rule } = gradeResponse({ ...row, preset });
    const ms = Math.round((now() - startedAt) * 1000) / 1000;
    return { id, equivalent, extracted: extracted ?? null, rule, ms };
  });
}

export function describeGrades(
  rows: readonly GradedAnswerRow[],
  { preset, badCount }: { preset: string; badCount: number },
): string {
  const right = rows.filter(({ equivalent }) => equivalent).length;
  const unanswered = rows.filter(({ extracted }) => extracted === null).length;
  const notes = [
    ...(unanswered > 0 ? [`${formatCount(unanswered)} without an answer`] : []),
    ...(badCount > 0 ? [`${formatCount(badCount)} lines skipped`] : []),
  ];
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `${formatCount(right)} of ${formatCount(rows.length)} answers equal their gold by ${preset}${more}`;
}
