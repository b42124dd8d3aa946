import type { HashKey } from './hash-key.js';
import { mixHash } from './mix-hash.js';

/**
 * The place of a row in a draw without replacement: uniform in [0, 1), made of the seed and the row's content alone. Taking
 * the rows of least places is a seeded subsample that does not depend on the order or the files in which rows came.
 */
export function drawPlace({ high, low }: HashKey, seed: number): number {
  const salt = mixHash(seed + 0x6a09e667);
  const first = mixHash(high ^ salt);
  const second = mixHash(low ^ first);
  // 53 bits, all that a double holds.
  return (first * 2 ** 21 + (second >>> 11)) / 2 ** 53;
}

/** The largest place among the `count` least ones: rows at or below it are the sample. Infinity when all of them fit. */
export function sampleLimit(places: readonly number[], count: number): number {
  if (places.length <= count) return Number.POSITIVE_INFINITY;
  const sorted = Float64Array.from(places).sort();
  return count === 0 ? Number.NEGATIVE_INFINITY : (sorted[count - 1] as number);
}
