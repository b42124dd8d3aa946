import { setImmediate } from 'node:timers/promises';
import type { Matrix } from '../storage/read-npy.js';

export type NearestVectors = {
  /** Row of `base` nearest to each row of `queries`; of equals the first; -1 where base is empty. */
  readonly rows: Int32Array;
  /** Squared Euclidean distance to it; Infinity where base is empty. */
  readonly distances: Float64Array;
};

/** Rows of the base that stay in the processor's cache while all queries pass by; a multiple of 4. */
const blockRows = 256;

/**
 * The exact nearest row of `base` for each row of `queries`, by squared Euclidean distance. Candidates are compared by
 * |b|² - 2ab in double precision, which takes a third of the time of differences; the distance of the nearest is then
 * computed from the differences, so that it is 0 for equal vectors. Work grows with queries x base x columns, some 10^9
 * a second; other work gets its turn in between.
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
  const best = new Float64Array(queries.rowCount).fill(Number.POSITIVE_INFINITY);
  const squares = Float64Array.from({ length: base.rowCount }, (_, row) => dot(base, row, base, row));
  const products = new Float64Array(4);
  for (let start = 0; start < base.rowCount; start += blockRows) {
    const end = Math.min(base.rowCount, start + blockRows);
    for (let query = 0; query < queries.rowCount; query += 1) {
      for (let row = start; row < end; row += 4) {
        const count = Math.min(4, end - row);
        if (count === 4) dotFour(queries, query, base, row, products);
        else for (let next = 0; next < count; next += 1) products[next] = dot(queries, query, base, row + next);
        for (let next = 0; next < count; next += 1) {
          const distance = (squares[row + next] as number) - 2 * (products[next] as number);
          if (distance >= (best[query] as number)) continue;
          best[query] = distance;
          rows[query] = row + next;
        }
      }
    }
    onProgress?.(end, base.rowCount);
    await setImmediate();
    signal?.throwIfAborted();
  }
  return { rows, distances: best.map((_, query) => squaredDistance(queries, query, base, rows[query] as number)) };
}

/** The products of one row with four that follow each other: each number is loaded once for four uses. */
function dotFour(left: Matrix, leftRow: number, right: Matrix, rightRow: number, products: Float64Array): void {
  const { columnCount, data: a } = left;
  const b = right.data;
  const from = leftRow * columnCount;
  const first = rightRow * columnCount;
  const [second, third, fourth] = [first + columnCount, first + 2 * columnCount, first + 3 * columnCount];
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let column = 0; column < columnCount; column += 1) {
    const value = a[from + column] as number;
    one += value * (b[first + column] as number);
    two += value * (b[second + column] as number);
    three += value * (b[third + column] as number);
    four += value * (b[fourth + column] as number);
  }
  products[0] = one;
  products[1] = two;
  products[2] = three;
  products[3] = four;
}

function dot(left: Matrix, leftRow: number, right: Matrix, rightRow: number): number {
  const { columnCount } = left;
  const [from, other] = [leftRow * columnCount, rightRow * columnCount];
  let sum = 0;
  for (let column = 0; column < columnCount; column += 1)
    sum += (left.data[from + column] as number) * (right.data[other + column] as number);
  return sum;
}

function squaredDistance(left: Matrix, leftRow: number, right: Matrix, rightRow: number): number {
  if (rightRow === -1) return Number.POSITIVE_INFINITY;
  const { columnCount } = left;
  const [from, other] = [leftRow * columnCount, rightRow * columnCount];
  let sum = 0;
  for (let column = 0; column < columnCount; column += 1)
    sum += ((left.data[from + column] as number) - (right.data[other + column] as number)) ** 2;
  return sum;
}
