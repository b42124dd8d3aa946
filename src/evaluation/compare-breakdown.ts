import { type BreakdownValue, compareValues, fieldValue } from './breakdown.js';
import { compareRuns, type RunComparison } from './compare-runs.js';
import type { GradedRow } from './graded-row.js';

/** The comparison of two runs on the questions of one value of a field. */
export type ComparedPart = RunComparison & { readonly value: BreakdownValue };

/**
 * Two runs on the same questions, compared pair by pair within each value of a field, such as `level`. The value is that of
 * the left run's row. The p-values are not corrected for their number.
 *
 * @throws InputError when the runs do not hold the same questions
 */
export function compareBreakdown(
  leftRows: readonly GradedRow[],
  rightRows: readonly GradedRow[],
  { field, seed = 0 }: { readonly field: string; readonly seed?: number },
): ComparedPart[] {
  // Of all questions first, so that a missing one is named whatever part it is in
  compareRuns(leftRows, rightRows, { seed });
  const values = new Map(leftRows.map((row) => [row.problem, fieldValue(row, field)]));
  return [...new Set(values.values())].sort(compareValues).map((value) => {
    const within = (rows: readonly GradedRow[]) => rows.filter(({ problem }) => values.get(problem) === value);
    return { value, ...compareRuns(within(leftRows), within(rightRows), { seed }) };
  });
}
