import { decontaminate } from '../../selection/decontaminate.js';
import { readTestItems } from '../../selection/read-test-items.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { rowName, rowTexts } from '../rows/row-texts.js';

/** A row that shares words with a test item. */
export type TestOverlap = {
  readonly row: string | number | null;
  readonly test: string;
  readonly file: string | null;
  readonly kind: 'same' | 'overlap';
  readonly text: string;
};

/**
 * Leaves out rows whose problem is an item of a test set, or shares a run of `overlapWords` words with one; with `isMarking` they stay and say so.
 * `tests`: files of test sets. Throws `InputError` for one that cannot be read.
 */
export async function dropTestItems(
  rows: readonly JsonObject[],
  { tests, isMarking }: { readonly tests: readonly string[]; readonly isMarking: boolean },
): Promise<{ readonly rows: readonly JsonObject[]; readonly overlaps: readonly TestOverlap[] }> {
  if (tests.length === 0) return { rows, overlaps: [] };
  const items = (await Promise.all(tests.map(readTestItems))).flat();
  const read = (row: JsonObject) => ({ instruction: rowTexts(row)?.instruction ?? '' });
  const { kept, contaminated } = decontaminate(rows, { items, read });
  const found = new Map(contaminated.map(({ row, overlap }) => [row, overlap]));
  const overlaps = contaminated.map(({ row, overlap: { item, kind, text } }) => ({
    row: rowName(row) ?? null,
    test: item.id,
    file: item.file ?? null,
    kind,
    text,
  }));
  const marked = rows.map((row) => {
    const overlap = found.get(row);
    return overlap === undefined ? row : { ...row, contaminated_by: overlap.item.id };
  });
  return { rows: isMarking ? marked : kept, overlaps };
}
