import { hashWords } from './hash-key.js';
import { createKeyIndex } from './key-index.js';
import { createNearDuplicateIndex, type NearDuplicateOptions } from './near-duplicates.js';
import type { NearDuplicateRow } from './row-signature.js';
import { createWordList, scanWords } from './scan-words.js';

/** A row that was left out because it repeats an earlier one. */
export type Repetition<Row> = {
  readonly row: Row;
  /** The row that is repeated and kept. */
  readonly of: Row;
  readonly kind: 'exact' | 'near';
  readonly similarity: number;
};

/**
 * Leaves out rows that repeat an earlier one: word for word (whatever case, spaces and punctuation), or nearly. `read` says what of
 * a row is compared; without a response, rows are duplicates by their questions alone. The first of its kind stays.
 *
 * @example deduplicate(rows, { read: ({ instruction }) => ({ query: instruction }) }).kept
 */
export function deduplicate<Row>(
  rows: Iterable<Row>,
  {
    read,
    near = {},
  }: {
    read: (row: Row) => { readonly query: string; readonly response?: string; readonly answer?: string };
    /** How near-duplicates are told; false keeps them. */
    near?: NearDuplicateOptions | false;
  },
): { kept: Row[]; repeated: Repetition<Row>[] } {
  const seen = createKeyIndex();
  const index = near === false ? undefined : createNearDuplicateIndex(near);
  const [queryWords, responseWords] = [createWordList(), createWordList()];
  const all: Row[] = [];
  /** The row of each call of `index.add`, by its place in `all`. */
  const compared: number[] = [];
  const kept: Row[] = [];
  const repeated: Repetition<Row>[] = [];
  for (const row of rows) {
    const { query, response, answer } = read(row);
    scanWords(query, queryWords);
    scanWords(response ?? '', responseWords);
    all.push(row);
    const key = hashWords(queryWords, responseWords);
    const twin = seen.insert(key.high, key.low, all.length - 1);
    if (twin >= 0) {
      repeated.push({ row, of: all[twin] as Row, kind: 'exact', similarity: 1 });
      continue;
    }
    compared.push(all.length - 1);
    const words: NearDuplicateRow = { query: queryWords, response: response && responseWords, answer };
    const found = index?.add(words);
    if (found === undefined) kept.push(row);
    else {
      const of = all[compared[found.of] as number] as Row;
      repeated.push({ row, of, kind: 'near', similarity: found.similarity });
    }
  }
  return { kept, repeated };
}
