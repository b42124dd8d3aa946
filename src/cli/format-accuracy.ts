import type { Accuracy } from '../evaluation/measure-accuracy.js';
import type { EvaluationSummary } from '../evaluation/summarize.js';

/** Such as `71.5 % right (143 of 200, 95 % interval 64.9 to 77.3 %)`. */
export function formatAccuracy({ n, correct, accuracy, interval: [low, high] }: Accuracy): string {
  if (n === 0) return 'no answers';
  return `${percent(accuracy)} % right (${correct} of ${n}, 95 % interval ${percent(low)} to ${percent(high)} %)`;
}

/** The accuracy of an evaluation and of each of its parts, a line each. */
export function formatBreakdown(summary: EvaluationSummary): string[] {
  const lines = [`${formatAccuracy(summary)}, graded by ${summary.grader}`];
  for (const [field, groups] of Object.entries(summary.by)) {
    for (const { value, ...accuracy } of groups) lines.push(`  ${field} ${value}: ${formatAccuracy(accuracy)}`);
  }
  if (summary.majority) lines.push(`Majority vote of ${summary.samples}: ${formatAccuracy(summary.majority)}`);
  return lines;
}

/** A difference of two shares in percentage points, with its sign. */
export function formatPoints(difference: number): string {
  return `${difference >= 0 ? '+' : '−'}${Math.abs(100 * difference).toFixed(1)}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
