export type Bin = { readonly from: number; readonly to: number };

/**
 * Equal bins with round bounds (1, 2 or 5 times a power of ten wide) that hold all values: about `count` of them. The
 * upper bound is outside, but for the last bin.
 */
export function roundBins(values: readonly number[], { count = 20 }: { readonly count?: number } = {}): Bin[] {
  if (values.length === 0) return [];
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const width = roundStep((high - low || 1) / count);
  const first = Math.floor(low / width);
  const last = Math.max(first, Math.ceil(high / width) - 1);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    from: (first + index) * width,
    to: (first + index + 1) * width,
  }));
}

/** The next of 1, 2, 5, 10, 20, 50, … (or 0.5, 0.2, …) at or above `step`. */
export function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((each) => each * power >= step * 0.999999) ?? 10;
  return power >= 1 ? factor * power : factor / Math.round(1 / power);
}

/** How many values lie in each bin. */
export function countInBins(values: readonly number[], bins: readonly Bin[]): number[] {
  const counts = bins.map(() => 0);
  for (const value of values) {
    const index = bins.findIndex((bin, at) => value >= bin.from && (value < bin.to || at === bins.length - 1));
    if (index !== -1) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
