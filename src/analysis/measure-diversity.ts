import { InputError } from '../errors.js';
import { createRandom } from '../problems/pocket/random.js';
import { nearestTextDistances } from '../selection/nearest-texts.js';
import { nearestVectors } from '../selection/nearest-vectors.js';
import type { Embeddings } from '../storage/read-embeddings.js';
import { type DiversityGain, diversityGain } from './diversity-gain.js';

export type DiversityRow = { readonly id: string; readonly text: string; readonly type?: string | undefined };

export type MeasuredDiversity = {
  readonly gains: readonly DiversityGain[];
  /** Rows of the base, and new rows before the sample was drawn. */
  readonly baseCount: number;
  readonly addedCount: number;
};

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;
type Drawing = { readonly sample: number; readonly seed?: number; readonly signal?: AbortSignal | undefined };

/** The diversity gain by `lexicalVector`, no model needed: both sets stream by, `sample` new rows are kept and compared with all of the base. */
export async function diversityByWords({
  base,
  added,
  sample,
  seed = 0,
  signal,
}: { base: Rows<string>; added: Rows<DiversityRow> } & Drawing): Promise<MeasuredDiversity> {
  const { chosen, count: addedCount } = await drawRows(added, { sample, seed });
  let baseCount = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const text of base) {
      baseCount += 1;
      yield text;
    }
  }
  const distances = await nearestTextDistances({ texts: chosen.map(({ text }) => text), base: counted(), signal });
  requireRows(baseCount, addedCount);
  const gains = diversityGain(
    chosen.map(({ type }, index) => ({ distance: distances[index] ?? 0, type })),
    { seed },
  );
  return { gains, baseCount, addedCount };
}

/**
 * The same by embeddings of a model, exact over the whole base. `types` by the ids of the new rows.
 *
 * @throws InputError when the two were made by models of different sizes, or one is empty
 */
export async function diversityByEmbeddings({
  base,
  added,
  types,
  sample,
  seed = 0,
  signal,
}: {
  base: Embeddings;
  added: Embeddings;
  types: ReadonlyMap<string, string | undefined>;
} & Drawing): Promise<MeasuredDiversity> {
  const { columnCount } = added;
  if (columnCount !== base.columnCount)
    throw new InputError(
      `Cannot compare embeddings of ${columnCount} and of ${base.columnCount} dimensions: embed both with one model`,
    );
  requireRows(base.rowCount, added.rowCount);
  const { chosen } = await drawRows(added.ids.keys(), { sample, seed });
  const data = new Float32Array(chosen.length * columnCount);
  chosen.forEach((place, index) => {
    data.set(added.data.subarray(place * columnCount, (place + 1) * columnCount), index * columnCount);
  });
  const { distances } = await nearestVectors({
    queries: { rowCount: chosen.length, columnCount, data },
    base,
    signal,
  });
  const gains = diversityGain(
    chosen.map((place, index) => ({ distance: distances[index] ?? 0, type: types.get(added.ids[place] ?? '') })),
    { seed },
  );
  return { gains, baseCount: base.rowCount, addedCount: added.rowCount };
}

/** Draws rows without replacement while they stream by (algorithm R: Vitter, 1985); they keep no order. */
export async function drawRows<Row>(
  rows: Rows<Row>,
  { sample, seed }: { sample: number; seed: number },
): Promise<{ chosen: Row[]; count: number }> {
  const { integer } = createRandom(`diversity ${seed}`);
  const chosen: Row[] = [];
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (chosen.length < sample) chosen.push(row);
    else {
      const place = integer(0, count - 1);
      if (place < sample) chosen[place] = row;
    }
  }
  return { chosen, count };
}

function requireRows(baseCount: number, addedCount: number): void {
  if (baseCount === 0)
    throw new InputError('Cannot measure the diversity gain: the base holds no row; name another one');
  if (addedCount === 0) throw new InputError('Cannot measure the diversity gain: there is no new row; name others');
}
