import { letOthersRun } from '../let-others-run.js';
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
export function deduplicate<Row>(rows: Iterable<Row>, options: DeduplicateOptions<Row>): Deduplicated<Row> {
  const { add, found } = createDeduplicator(options);
  for (const row of rows) add(row);
  return found;
}

/** The same for millions of rows, in turns: others run between them, and `signal` stops it. Throws `CancelledError`. */
export async function deduplicateInTurns<Row>(
  rows: Iterable<Row>,
  { signal, ...options }: DeduplicateOptions<Row> & { readonly signal?: AbortSignal | undefined },
): Promise<Deduplicated<Row>> {
  const { add, found } = createDeduplicator(options);
  const breathe = letOthersRun(signal);
  for (const row of rows) {
    add(row);
    const breath = breathe();
    if (breath !== undefined) await breath;
  }
  return found;
}

export type DeduplicateOptions<Row> = {
  readonly read: (row: Row) => { readonly query: string; readonly response?: string; readonly answer?: string };
  /** How near-duplicates are told; false keeps them. */
  readonly near?: NearDuplicateOptions | false;
};

export type Deduplicated<Row> = { readonly kept: Row[]; readonly repeated: Repetition<Row>[] };

function createDeduplicator<Row>({ read, near = {} }: DeduplicateOptions<Row>): {
  readonly add: (row: Row) => void;
  readonly found: Deduplicated<Row>;
} {
  const seen = createKeyIndex();
  const index = near === false ? undefined : createNearDuplicateIndex(near);
  const [queryWords, responseWords] = [createWordList(), createWordList()];
  const all: Row[] = [];
  /** The row of each call of `index.add`, by its place in `all`. */
  const compared: number[] = [];
  const found: Deduplicated<Row> = { kept: [], repeated: [] };
  const add = (row: Row): void => {
    const { query, response, answer } = read(row);
    scanWords(query, queryWords);
    scanWords(response ?? '', responseWords);
    all.push(row);
    const key = hashWords(queryWords, responseWords);
    const twin = seen.insert(key.high, key.low, all.length - 1);
    if (twin >= 0) {
      found.repeated.push({ row, of: all[twin] as Row, kind: 'exact', similarity: 1 });
      return;
    }
    compared.push(all.length - 1);
    const words: NearDuplicateRow = { query: queryWords, response: response && responseWords, answer };
    const near = index?.add(words);
    if (near === undefined) {
      found.kept.push(row);
      return;
    }
    const of = all[compared[near.of] as number] as Row;
    found.repeated.push({ row, of, kind: 'near', similarity: near.similarity });
  };
  return { add, found };
}
