import type { Agreement } from '../../answers/grade/compare-graders.js';
import { formatCount } from '../../steps/format-count.js';

/** The agreement of two graders as a table of four counts, the share of equal verdicts above it. */
export function formatAgreement(
  { count, both, onlyA, onlyB, neither, agreement, kappa }: Agreement,
  { a, b }: { a: string; b: string },
): string[] {
  const beyondChance = kappa === undefined ? '' : `, kappa ${kappa.toFixed(3)}`;
  const same = formatCount(both + neither);
  const rows = [
    ['', `${b}: equal`, 'not equal'],
    [`${a}: equal`, formatCount(both), formatCount(onlyA)],
    ['not equal', formatCount(onlyB), formatCount(neither)],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${a} and ${b} judge ${same} of ${formatCount(count)} answers alike: ${(100 * agreement).toFixed(1)} %${beyondChance}`,
    ...rows.map((row) => `  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`),
  ];
}
