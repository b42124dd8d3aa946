export type CountTableRow = { readonly what: string; readonly count: number; readonly share: number };

/** Counts by name as rows, most frequent first. `total` is what the shares are of. @default the sum of the counts */
export function countTable(
  counts: Readonly<Record<string, number | undefined>>,
  { total }: { readonly total?: number } = {},
): CountTableRow[] {
  const entries = Object.entries(counts).map(([what, count = 0]) => ({ what, count }));
  const whole = total ?? entries.reduce((sum, { count }) => sum + count, 0);
  return entries
    .sort((left, right) => right.count - left.count || (left.what < right.what ? -1 : 1))
    .map((row) => ({ ...row, share: whole === 0 ? 0 : row.count / whole }));
}
