import type { GradeSummary } from '../../answers/grade/grade-rows.js';
import { formatAccuracy, formatParts } from '../../evaluation/format-accuracy.js';
import type { createGradedTally } from '../../evaluation/tally-graded.js';
import { formatCount } from '../../steps/format-count.js';

type Measured = ReturnType<ReturnType<typeof createGradedTally>['measure']>;

/**
 * Lines such as `71.5 % right (143 of 200, 95 % interval 64.9 to 77.3 %), graded by mathpie (3 without an answer, 1 bad line skipped)`,
 * as an evaluation has them, under it the parts by each field, and the rules that decided, most frequent first.
 */
export function formatGrades(
  { noAnswerCount, badCount, rules }: GradeSummary,
  { grader, measured }: { readonly grader: string; readonly measured: Measured },
): string[] {
  const notes = [
    ...(noAnswerCount > 0 ? [`${formatCount(noAnswerCount)} without an answer`] : []),
    ...(badCount > 0 ? [`${formatCount(badCount)} bad lines skipped`] : []),
  ];
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  const unknown = Object.entries(measured.by).filter(([, groups]) => groups.length === 0 && measured.n > 0);
  return [
    `${formatAccuracy(measured)}, graded by ${grader}${more}`,
    ...formatParts(measured),
    ...unknown.map(([field]) => `  No row has a value in the column ${JSON.stringify(field)}`),
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
