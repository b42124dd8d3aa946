import { setImmediate } from 'node:timers/promises';
import type { Matrix } from '../storage/read-npy.js';

export type NearestVectors = {
  /** Row of `base` nearest to each row of `queries`; of equals the first; -1 where base is empty. */
  readonly rows: Int32Array;
  /** Squared Euclidean distance to it; Infinity where base is empty. */
  readonly distances: Float64Array;
};

/** Rows of the base that stay in the processor's cache while all queries pass by. */
const blockRows = 256;
/** Columns after which a pair that is too far already is given up. */
const strideColumns = 32;

/**
 * The exact nearest row of `base` for each row of `queries`, by squared Euclidean distance. Work grows with
 * queries x base x columns, less the pairs that are given up early: some 10^9 a second. Lets other work in between.
 *
 * @throws RangeError when the two have different numbers of columns
 */
export async function nearestVectors({
  queries,
  base,
  signal,
  onProgress,
}: {
  queries: Matrix;
  base: Matrix;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}): Promise<NearestVectors> {
  if (queries.columnCount !== base.columnCount)
    throw new RangeError(
      `Cannot compare embeddings of ${queries.columnCount} and of ${base.columnCount} dimensions: embed both with one model`,
    );
  const rows = new Int32Array(queries.rowCount).fill(-1);
  const distances = new Float64Array(queries.rowCount).fill(Number.POSITIVE_INFINITY);
  for (let start = 0; start < base.rowCount; start += blockRows) {
    const end = Math.min(base.rowCount, start + blockRows);
    for (let query = 0; query < queries.rowCount; query += 1) {
      let best = distances[query] as number;
      for (let row = start; row < end; row += 1) {
        const distance = squaredDistance(queries, query, base, row, best);
        if (distance >= best) continue;
        best = distance;
        rows[query] = row;
      }
      distances[query] = best;
    }
    onProgress?.(end, base.rowCount);
    await setImmediate();
    signal?.throwIfAborted();
  }
  return { rows, distances };
}

/** The squared distance, or any number from `limit` on where it is at least that. */
function squaredDistance(left: Matrix, leftRow: number, right: Matrix, rightRow: number, limit: number): number {
  const { columnCount, data: a } = left;
  const b = right.data;
  const [from, other] = [leftRow * columnCount, rightRow * columnCount];
  let sum = 0;
  for (let column = 0; column < columnCount; ) {
    const stop = Math.min(columnCount, column + strideColumns);
    for (; column < stop; column += 1) {
      const difference = (a[from + column] as number) - (b[other + column] as number);
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
  }
  return sum;
}
