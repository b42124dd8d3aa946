import { alignByQuestion } from './align-by-question.js';
import { type BreakdownValue, compareValues, fieldValue } from './breakdown.js';
import { compareRuns, type RunComparison } from './compare-runs.js';
import { compareVerdict } from './compare-verdict.js';
import type { GradedRow } from './graded-row.js';
import { holm } from './holm.js';

/** The comparison of two runs on the questions of one value of a field. */
export type ComparedPart = RunComparison & {
  readonly value: BreakdownValue;
  /** The p-value that the verdict is by, corrected for the number of parts (Holm). */
  readonly adjusted: number;
};

/**
 * Two runs on the same questions, compared pair by pair within each value of a field, such as `level`. The value is that of
 * the left run's row. `pValue` is that of the part alone; `adjusted` and the verdict are corrected for the number of parts.
 *
 * @throws InputError when the runs do not hold the same questions
 */
export function compareBreakdown(
  leftRows: readonly GradedRow[],
  rightRows: readonly GradedRow[],
  { field, seed = 0 }: { readonly field: string; readonly seed?: number },
): ComparedPart[] {
  const aligned = alignByQuestion(rightRows, leftRows);
  // Of all questions first, so that a missing one is named whatever part it is in
  compareRuns(leftRows, aligned, { seed });
  const values = new Map(leftRows.map((row) => [row.problem, fieldValue(row, field)]));
  const parts = [...new Set(values.values())].sort(compareValues).map((value) => {
    const within = (rows: readonly GradedRow[]) => rows.filter(({ problem }) => values.get(problem) === value);
    const [left, right] = [within(leftRows), within(aligned)];
    const compared = compareRuns(left, right, { seed });
    const hasSamples = left.length > compared.n || right.length > compared.n;
    return { value, ...compared, decides: hasSamples ? compared.bootstrap : compared };
  });
  const adjusted = holm(parts.map(({ decides }) => decides.pValue));
  return parts.map(({ decides, ...part }, index) => {
    const pValue = adjusted[index] ?? 1;
    return { ...part, adjusted: pValue, verdict: compareVerdict({ difference: decides.difference, pValue }) };
  });
}
