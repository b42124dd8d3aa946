import type { GradeSummary } from '../answers/grade-rows.js';
import { formatCount } from './format-progress.js';

/** Such as `143 of 200 answers equal their gold by mathpie (3 without an answer, 1 bad line skipped)`. */
export function formatGrades(
  { count, correctCount, noAnswerCount, badCount }: GradeSummary,
  { preset }: { preset: string },
): string {
  const notes = [
    ...(noAnswerCount > 0 ? [`${formatCount(noAnswerCount)} without an answer`] : []),
    ...(badCount > 0 ? [`${formatCount(badCount)} bad ${badCount === 1 ? 'line' : 'lines'} skipped`] : []),
  ];
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `${formatCount(correctCount)} of ${formatCount(count)} answers equal their gold by ${preset}${more}`;
}
