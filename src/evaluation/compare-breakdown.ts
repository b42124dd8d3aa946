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
 * Two runs on the same questions, compared pair by pair within each value of a field, such as `level`. The value is the one that all answers to the
 * question have; rows that lack the field take it from the others. Of a field of the answers (how they ended, say) a question whose answers differ in it is in
 * no part: put where the left run's answer is, a part would hold what that run got wrong, and the other run would seem better there. `pValue` is that of the
 * part alone; `adjusted` and the verdict are corrected for the number of parts.
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
  const values = commonValues([...leftRows, ...aligned], field);
  const parts = [...new Set(values.values())].sort(compareValues).map((value) => {
    const within = (rows: readonly GradedRow[]) =>
      rows.filter(({ problem }) => values.has(problem) && values.get(problem) === value);
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

/** The value of a field by question, of those questions whose rows agree in it; null where no row has it. */
function commonValues(rows: readonly GradedRow[], field: string): ReadonlyMap<string, BreakdownValue> {
  const values = new Map<string, BreakdownValue>();
  const apart = new Set<string>();
  for (const row of rows) {
    const { problem } = row;
    const [known = null, value] = [values.get(problem), fieldValue(row, field)];
    if (known !== null && value !== null && known !== value) apart.add(problem);
    values.set(problem, known ?? value);
  }
  for (const problem of apart) values.delete(problem);
  return values;
}
