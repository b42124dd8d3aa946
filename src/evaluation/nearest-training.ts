import { InputError } from '../errors.js';
import { findNearestRows } from '../selection/nearest-rows.js';
import { nearestVectors } from '../selection/nearest-vectors.js';
import type { Embeddings } from '../storage/read-embeddings.js';

/** The row of a training set that is nearest to a problem. */
export type NearestTraining = {
  /** Its augmentation type; `none` where no row has anything in common with the question. */
  readonly nearestType: string;
  /** Its id; absent for `none`. */
  readonly nearestRow?: string;
  /** By words: Jaccard similarity, 0 to 1. By embeddings: the squared Euclidean distance. */
  readonly nearness: number;
};

export type TrainingRow = { readonly id: string; readonly question: string; readonly type?: string | undefined };

type Asked = readonly { readonly id: string; readonly question: string }[];

/** The nearest training row of each problem by the words of the two questions (`findNearestRows`), by problem id. */
export async function nearestByWords({
  problems,
  rows,
}: {
  problems: Asked;
  rows: Iterable<TrainingRow> | AsyncIterable<TrainingRow>;
}): Promise<ReadonlyMap<string, NearestTraining>> {
  const found = await findNearestRows({
    questions: problems.map(({ question }) => question),
    rows,
    read: ({ question }) => question,
  });
  return new Map(
    problems.map(({ id }, index) => {
      const { row, similarity = 0 } = found[index] ?? { row: undefined };
      if (row === undefined) return [id, { nearestType: 'none', nearness: 0 }];
      return [id, { nearestType: row.type ?? 'unknown', nearestRow: row.id, nearness: similarity }];
    }),
  );
}

/**
 * The same by embeddings of both, such as `mathpie embed` makes them; rows and vectors are joined by their ids. Throws `InputError` for an
 * id that only one side has.
 *
 * @throws InputError when a problem or a row lacks its vector, naming one
 */
export async function nearestByEmbeddings({
  problems,
  rows,
  problemEmbeddings,
  rowEmbeddings,
  signal,
}: {
  problems: Asked;
  rows: Iterable<TrainingRow> | AsyncIterable<TrainingRow>;
  problemEmbeddings: Embeddings;
  rowEmbeddings: Embeddings;
  signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<string, NearestTraining>> {
  const places = new Map(problemEmbeddings.ids.map((id, place) => [id, place]));
  const types = new Map<string, string>();
  for await (const { id, type } of rows) types.set(id, type ?? 'unknown');
  const withoutType = rowEmbeddings.ids.find((id) => !types.has(id));
  if (withoutType !== undefined)
    throw new InputError(`Cannot use the embeddings: "${withoutType}" is the id of no training row; embed these rows`);
  const { columnCount, data } = problemEmbeddings;
  const queries = new Float32Array(problems.length * columnCount);
  problems.forEach(({ id }, index) => {
    const place = places.get(id);
    if (place === undefined)
      throw new InputError(`Cannot use the embeddings: problem "${id}" has none; embed these problems`);
    queries.set(data.subarray(place * columnCount, (place + 1) * columnCount), index * columnCount);
  });
  const found = await nearestVectors({
    queries: { rowCount: problems.length, columnCount, data: queries },
    base: rowEmbeddings,
    signal,
  });
  return new Map(
    problems.map(({ id }, index) => {
      const nearestRow = rowEmbeddings.ids[found.rows[index] ?? -1];
      if (nearestRow === undefined) return [id, { nearestType: 'none', nearness: 0 }];
      const nearestType = types.get(nearestRow) ?? 'unknown';
      return [id, { nearestType, nearestRow, nearness: found.distances[index] ?? 0 }];
    }),
  );
}
