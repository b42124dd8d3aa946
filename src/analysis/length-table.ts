export type LengthTableRow = {
  readonly group: string;
  readonly n: number;
  readonly mean: number;
  readonly min: number;
  readonly median: number;
  /** 90th percentile. */
  readonly p90: number;
  readonly max: number;
};

/** Lengths (tokens, characters, whatever was counted) of each group, in the order of first appearance. */
export function lengthTable(rows: readonly { readonly length: number; readonly group?: string }[]): LengthTableRow[] {
  const groups = new Map<string, number[]>();
  for (const { length, group = 'all' } of rows) {
    const lengths = groups.get(group);
    if (lengths) lengths.push(length);
    else groups.set(group, [length]);
  }
  return [...groups].map(([group, lengths]) => {
    const sorted = lengths.sort((left, right) => left - right);
    return {
      group,
      n: sorted.length,
      mean: sorted.reduce((sum, length) => sum + length, 0) / sorted.length,
      min: quantile(sorted, 0),
      median: quantile(sorted, 0.5),
      p90: quantile(sorted, 0.9),
      max: quantile(sorted, 1),
    };
  });
}

/** By linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996). */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}
