export type CountTableRow = { readonly what: string; readonly count: number; readonly share: number };

/** How often each value occurs, or counts by name, as rows, most frequent first. `total`: what the shares are of. @default the sum */
export function countTable(
  values: readonly string[] | Readonly<Record<string, number | undefined>>,
  { total }: { readonly total?: number } = {},
): CountTableRow[] {
  const entries = [...(isList(values) ? countValues(values) : Object.entries(values))];
  const whole = total ?? entries.reduce((sum, [, count = 0]) => sum + count, 0);
  return entries
    .map(([what, count = 0]) => ({ what, count, share: whole === 0 ? 0 : count / whole }))
    .sort((left, right) => right.count - left.count || (left.what < right.what ? -1 : 1));
}

// Array.isArray does not narrow readonly arrays away
const isList = (values: object): values is readonly string[] => Array.isArray(values);

function countValues(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
