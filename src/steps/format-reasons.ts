/** Counts by reason, most frequent first, such as ` (rejected: duplicate 12, cut 3)`; empty when there are none. */
export function formatReasons(counts: Readonly<Record<string, number>>, title = ''): string {
  const shown = Object.entries(counts)
    .sort(([, left], [, right]) => right - left)
    .map(([reason, count]) => `${reason} ${count}`);
  return shown.length === 0 ? '' : ` (${title}${shown.join(', ')})`;
}
