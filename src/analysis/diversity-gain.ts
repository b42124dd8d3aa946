import { bootstrapInterval } from '../evaluation/bootstrap-interval.js';
import { nearestVectors } from '../selection/nearest-vectors.js';
import type { Matrix } from '../storage/read-npy.js';
import type { Interval } from '../wilson-interval.js';

export type DiversityGain = {
  /** Augmentation type of the new rows; `all` for all of them. */
  readonly type: string;
  /** New rows measured. */
  readonly n: number;
  /** Mean squared distance of a new row to the nearest base row. */
  readonly gain: number;
  /** 95 %, bootstrap over the new rows; the base is held fixed. */
  readonly interval: Interval;
  /** Share of the new rows that the base holds word for word, or vector for vector. */
  readonly repeated: number;
};

/**
 * The diversity gain of new rows over a base: d = 1/M Σ_new min_base |f(new) - f(base)|² (MetaMath, Yu et al. 2023, section 4.1), over all
 * rows and by type, from the distance of each new row to the base. The paper's f is an embedding of a model; gains of two embeddings do
 * not compare. Distances are squared and have no unit. Throws `RangeError` for a distance that is not finite, as an empty base gives.
 *
 * @throws RangeError when a distance is no number from 0, such as to an empty base
 */
export function diversityGain(
  rows: readonly { readonly distance: number; readonly type?: string | undefined }[],
  { seed = 0 }: { readonly seed?: number } = {},
): DiversityGain[] {
  const bad = rows.find(({ distance }) => !(distance >= 0 && Number.isFinite(distance)));
  if (bad !== undefined)
    throw new RangeError(`Cannot measure the diversity gain: a distance is ${bad.distance}; is the base empty?`);
  const groups = new Map<string, number[]>([['all', rows.map(({ distance }) => distance)]]);
  for (const { distance, type } of rows) {
    if (type === undefined) continue;
    const group = groups.get(type);
    if (group) group.push(distance);
    else groups.set(type, [distance]);
  }
  return [...groups]
    .filter(([, distances]) => distances.length > 0)
    .map(([type, distances]) => ({
      type,
      n: distances.length,
      gain: distances.reduce((sum, distance) => sum + distance, 0) / distances.length,
      interval: bootstrapInterval(distances, { seed }),
      repeated: distances.filter((distance) => distance === 0).length / distances.length,
    }));
}

/** The same over any embedding: a vector a row, of the base and of the new rows, whose types are given in their order. */
export async function diversityGainOf({
  base,
  added,
  types = [],
  seed = 0,
  signal,
}: {
  base: Matrix;
  added: Matrix;
  types?: readonly (string | undefined)[];
  seed?: number;
  signal?: AbortSignal;
}): Promise<DiversityGain[]> {
  const { distances } = await nearestVectors({ queries: added, base, signal });
  return diversityGain(
    Array.from(distances, (distance, index) => ({ distance, type: types[index] })),
    { seed },
  );
}
