import { answeredRows } from './answered-rows.js';
import type { GradedRow } from './graded-row.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';

export type BreakdownValue = string | number | boolean | null;

/** `value` is null for the rows that lack the field. */
export type BreakdownRow = Accuracy & { readonly value: BreakdownValue };

/** Accuracies by field, a row for each value of it. */
export type Breakdown = { readonly [field: string]: readonly BreakdownRow[] };

/** Upper ends of the length bins, in tokens of the response. Fixed, so that two runs can be laid side by side. */
const lengthBins = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];

/**
 * Accuracy by the values of each field. `length` is computed: the bin of `completionTokens`. Values are sorted (numbers and bins by size,
 * text by alphabet); rows without the field come last as `null`; a field that no row has gives [].
 *
 * @example breakdown(rows, ['level']).level // [{ value: 1, n: 20, correct: 17, … }, …]
 */
export function breakdown(rows: readonly GradedRow[], fields: readonly string[]): Breakdown {
  return Object.fromEntries(fields.map((field) => [field, breakdownBy(rows, field)]));
}

function breakdownBy(rows: readonly GradedRow[], field: string): BreakdownRow[] {
  const groups = new Map<BreakdownValue, GradedRow[]>();
  for (const row of answeredRows(rows)) {
    const value = fieldValue(row, field);
    const group = groups.get(value);
    if (group) group.push(row);
    else groups.set(value, [row]);
  }
  if (groups.size === 1 && groups.has(null)) return [];
  return [...groups]
    .sort(([left], [right]) => compareValues(left, right))
    .map(([value, group]) => ({ value, ...measureAccuracy(group) }));
}

/** A scalar field of a row, or the computed `length`; null where there is none. */
export function fieldValue(row: GradedRow, field: string): BreakdownValue {
  if (field === 'length' && !('length' in row)) return lengthBin(row.completionTokens);
  const value = (row as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The bin of a response's length in tokens, such as `33-64`; null when the length is not known. */
export function lengthBin(tokenCount: number | undefined): string | null {
  if (tokenCount === undefined) return null;
  const index = lengthBins.findIndex((end) => tokenCount <= end);
  if (index === -1) return `${(lengthBins.at(-1) ?? 0) + 1}+`;
  return `${index === 0 ? 0 : (lengthBins[index - 1] ?? 0) + 1}-${lengthBins[index]}`;
}

/** Numbers by size, text by alphabet with the numbers inside it by size, short before long, null last. */
export function compareValues(left: BreakdownValue, right: BreakdownValue): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [leftSize, rightSize] = [sizes.indexOf(String(left)), sizes.indexOf(String(right))];
  if (leftSize !== -1 && rightSize !== -1) return leftSize - rightSize;
  return naturalOrder.compare(String(left), String(right));
}

const sizes = ['short', 'medium', 'long'];

// A fixed locale: the order must not depend on the machine
const naturalOrder = new Intl.Collator('en', { numeric: true });
