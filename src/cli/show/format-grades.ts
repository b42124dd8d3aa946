import type { GradeSummary } from '../../answers/grade/grade-rows.js';
import { formatCount } from '../../steps/format-count.js';

/**
 * Lines such as `143 of 200 answers equal their gold by mathpie: yield 71.5 % (3 without an answer, 1 bad line skipped)`, and
 * under it the rules that decided, most frequent first.
 */
export function formatGrades(
  { count, correctCount, noAnswerCount, badCount, rules, yield: share }: GradeSummary,
  { grader }: { grader: string },
): string[] {
  const notes = [
    ...(noAnswerCount > 0 ? [`${formatCount(noAnswerCount)} without an answer`] : []),
    ...(badCount > 0 ? [`${formatCount(badCount)} bad ${badCount === 1 ? 'line' : 'lines'} skipped`] : []),
  ];
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  const yielded = count === 0 ? '' : `: yield ${(100 * share).toFixed(1)} %`;
  return [
    `${formatCount(correctCount)} of ${formatCount(count)} answers equal their gold by ${grader}${yielded}${more}`,
    ...(rules.length === 0 ? [] : formatRules(rules)),
  ];
}

function formatRules(rules: GradeSummary['rules']): string[] {
  const rows = [
    ['rule', 'answers', 'equal'],
    ...rules.map(({ rule, count, correctCount }) => [rule, formatCount(count), formatCount(correctCount)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([rule = '', count = '', equal = '']) =>
    [`  ${rule.padEnd(widths[0] ?? 0)}`, count.padStart(widths[1] ?? 0), equal.padStart(widths[2] ?? 0)].join('  '),
  );
}
