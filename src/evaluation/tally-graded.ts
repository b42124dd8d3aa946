import { type Breakdown, type BreakdownValue, compareValues, fieldValue } from './breakdown.js';
import type { GradedRow } from './graded-row.js';
import type { Accuracy } from './measure-accuracy.js';
import { createAccuracyTally } from './tally-accuracy.js';

/** A verdict on an answer to the question `problem`, with the columns that it is broken down by. */
export type TalliedRow = {
  readonly problem: string | number;
  readonly correct: boolean;
  readonly [column: string]: unknown;
};

/** Accuracy of a stream of graded rows, and its parts by the values of each field; a field that no row has gives []. */
export function createGradedTally(fields: readonly string[]) {
  type Tally = ReturnType<typeof createAccuracyTally>;
  const whole = createAccuracyTally();
  const parts = fields.map((field) => ({ field, groups: new Map<BreakdownValue, Tally>() }));
  return {
    add: (row: TalliedRow): void => {
      whole.add(row);
      for (const { field, groups } of parts) {
        const value = fieldValue(row as unknown as GradedRow, field);
        const group = groups.get(value) ?? createAccuracyTally();
        groups.set(value, group);
        group.add(row);
      }
    },
    measure: (): Accuracy & { readonly by: Breakdown } => {
      const by = parts.map(({ field, groups }) => {
        if (groups.size === 1 && groups.has(null)) return [field, []] as const;
        const sorted = [...groups].sort(([left], [right]) => compareValues(left, right));
        return [field, sorted.map(([value, group]) => ({ value, ...group.measure() }))] as const;
      });
      return { ...whole.measure(), by: Object.fromEntries(by) };
    },
  };
}
