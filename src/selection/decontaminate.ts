import { createOverlapIndex, type Overlap, type TestItem } from './overlap-index.js';

/** A row that was left out because it overlaps with a test item, and where. */
export type ContaminatedText<Row> = { readonly row: Row; readonly field: string; readonly overlap: Overlap };

/**
 * Leaves out rows of which a text shares a run of words with a test item, or is one. `read` gives the texts of a row by
 * name; the first that overlaps is named, with the test item and the shared words.
 *
 * @example decontaminate(rows, { items: await readTestItems('gsm8k-test.jsonl'), read: ({ query }) => ({ query }) }).kept
 */
export function decontaminate<Row>(
  rows: Iterable<Row>,
  {
    items,
    read,
    words,
  }: {
    items: readonly TestItem[];
    read: (row: Row) => { readonly [field: string]: string };
    /** Length of the shared run that counts. @default `overlapWords` */
    words?: number;
  },
): { kept: Row[]; contaminated: ContaminatedText<Row>[] } {
  const index = createOverlapIndex({ items, words });
  const kept: Row[] = [];
  const contaminated: ContaminatedText<Row>[] = [];
  for (const row of rows) {
    const found = Object.entries(read(row))
      .map(([field, text]) => ({ row, field, overlap: index.find(text) }))
      .find(({ overlap }) => overlap !== undefined);
    if (found?.overlap === undefined) kept.push(row);
    else contaminated.push({ ...found, overlap: found.overlap });
  }
  return { kept, contaminated };
}
