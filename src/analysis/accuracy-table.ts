import { answeredRows } from '../evaluation/answered-rows.js';
import { type BreakdownValue, compareValues, fieldValue } from '../evaluation/breakdown.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import { measureAccuracy } from '../evaluation/measure-accuracy.js';

export type AccuracyTableRow = {
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  /** Bounds of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly [field: string]: BreakdownValue;
};

/** Accuracy by one field, or by the crossing of several, as flat rows sorted by the fields. */
export function accuracyTable(rows: readonly GradedRow[], by: string | readonly string[]): AccuracyTableRow[] {
  const fields = typeof by === 'string' ? [by] : by;
  const groups = new Map<string, { values: BreakdownValue[]; rows: GradedRow[] }>();
  for (const row of answeredRows(rows)) {
    const values = fields.map((field) => fieldValue(row, field));
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { values, rows: [row] });
  }
  return [...groups.values()]
    .sort((left, right) => compareLists(left.values, right.values))
    .map((group) => {
      const { n, correct, accuracy, interval } = measureAccuracy(group.rows);
      const labels = Object.fromEntries(fields.map((field, index) => [field, group.values[index] ?? null]));
      return { ...labels, n, correct, accuracy, low: interval[0], high: interval[1] };
    });
}

function compareLists(left: readonly BreakdownValue[], right: readonly BreakdownValue[]): number {
  for (const [index, value] of left.entries()) {
    const order = compareValues(value, right[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}
