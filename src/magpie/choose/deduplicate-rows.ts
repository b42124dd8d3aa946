import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { deduplicate, deduplicateInTurns } from '../../selection/deduplicate.js';
import type { NearDuplicateOptions } from '../../selection/near-duplicates.js';
import { type JsonObject, readJsonl } from '../../storage/read-jsonl.js';
import { rowName, rowTexts } from '../rows/row-texts.js';

export type DeduplicateOptions = {
  /** MinHash over the problems' words; false compares word for word alone. */
  readonly near?: NearDuplicateOptions | false;
  /** Of `mathpie embed … --set neighbors=true`, by row name; see `readNeighbors`. */
  readonly neighbors?: ReadonlyMap<string, Neighbor> | undefined;
  /** Rows nearer than this to an earlier one are left out, in squared Euclidean distance; what `embed` marked when left out. */
  readonly distance?: number | undefined;
  /** Keep every row and only add the fields, as Magpie's gen_dis.py does. @default false */
  readonly isMarking?: boolean;
};

/** A line of neighbors.jsonl; the names are Magpie's. Distances are squared Euclidean ones. */
export type Neighbor = {
  readonly min_neighbor_distance: number;
  readonly nearest_id: string | number;
  readonly repeat_count: number;
  readonly min_similar_conversation_id: string | number | null;
};

export type DeduplicateResult = {
  readonly rows: readonly JsonObject[];
  readonly total: number;
  /** Rows left out by each test, or only marked by it. */
  readonly repeated: { readonly exact: number; readonly near: number; readonly embedding: number };
};

/**
 * Leaves out problems that are there already: word for word, nearly (MinHash with the same quantities), and by the distances of
 * their embeddings. The first of its kind stays, and a row says how far its nearest neighbour is.
 */
export function deduplicateRows(
  rows: readonly JsonObject[],
  options: DeduplicateOptions = {},
  { kept, repeated } = deduplicate(rows, comparing(options)),
): DeduplicateResult {
  const { neighbors, distance, isMarking = false } = options;
  const marks = new Map(
    repeated.map(({ row, of, kind, similarity }) => [
      row,
      { duplicate_of: rowName(of) ?? null, duplicate_kind: kind, similarity },
    ]),
  );
  const staying = new Set(kept);
  const places = new Map(kept.map((row, place) => [nameOf(row), place]));
  let embedding = 0;
  const output: JsonObject[] = [];
  for (const row of rows) {
    const neighbor = neighbors === undefined ? undefined : findNeighbor(row, neighbors);
    const isFar = neighbor === undefined || !staying.has(row) || isFirst(row, { neighbor, places, distance });
    if (!isFar) {
      embedding += 1;
      places.delete(nameOf(row));
    }
    if (isMarking || (staying.has(row) && isFar))
      output.push({ ...row, ...neighbor, ...(isMarking ? marks.get(row) : {}) });
  }
  const exact = repeated.filter(({ kind }) => kind === 'exact').length;
  return { rows: output, total: rows.length, repeated: { exact, near: repeated.length - exact, embedding } };
}

/** The same for millions of rows, in turns (`deduplicateInTurns`). */
export async function deduplicateRowsInTurns(
  rows: readonly JsonObject[],
  { signal, ...options }: DeduplicateOptions & { readonly signal?: AbortSignal | undefined },
): Promise<DeduplicateResult> {
  return deduplicateRows(rows, options, await deduplicateInTurns(rows, { ...comparing(options), signal }));
}

const comparing = ({ near }: DeduplicateOptions) => ({
  read: (row: JsonObject) => ({ query: rowTexts(row)?.instruction ?? '' }),
  ...(near === undefined ? {} : { near }),
});

/**
 * Magpie's rule: a row stays where nothing is near, or where it is itself the first of its group. With a distance of the caller's own,
 * the nearest row decides: a row goes where that one stands in front of it and is kept.
 */
function isFirst(
  row: JsonObject,
  {
    neighbor,
    places,
    distance,
  }: { neighbor: Neighbor; places: ReadonlyMap<string, number>; distance: number | undefined },
): boolean {
  const own = nameOf(row);
  if (distance === undefined) {
    const first = neighbor.min_similar_conversation_id;
    return first === null || String(first) === own;
  }
  const other = places.get(String(neighbor.nearest_id));
  return neighbor.min_neighbor_distance >= distance || other === undefined || other > (places.get(own) ?? 0);
}

/** As embed.py calls it: by its id, where it has one. */
function nameOf(row: JsonObject): string {
  const { id } = row;
  return String(typeof id === 'string' || typeof id === 'number' ? id : rowName(row));
}

function findNeighbor(row: JsonObject, neighbors: ReadonlyMap<string, Neighbor>): Neighbor {
  const name = nameOf(row);
  const found = neighbors.get(name);
  if (found !== undefined) return found;
  throw new InputError(
    `Cannot deduplicate by embeddings: the row ${name} has none; embed these very rows, by their instructions and with neighbours (docs/magpie.md)`,
  );
}

/** The neighbours that `mathpie embed` left in a directory, by row name. Throws `InputError` where it was run without them. */
export async function readNeighbors(directory: string): Promise<ReadonlyMap<string, Neighbor>> {
  const file = join(directory, 'neighbors.jsonl');
  const { rows } = await readJsonl<Neighbor & { readonly id: string | number }>({
    file,
    check: (line) =>
      typeof line.min_neighbor_distance === 'number' && (typeof line.id === 'string' || typeof line.id === 'number')
        ? (line as unknown as Neighbor & { readonly id: string | number })
        : 'is no line of neighbors.jsonl',
  });
  return new Map(rows.map(({ id, ...neighbor }) => [String(id), neighbor]));
}
