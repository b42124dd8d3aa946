export type FailureTableRow = { readonly stage: string; readonly reason: string; readonly count: number };

/** Records that were left out, by stage and reason, most frequent first. Digits in a reason are put aside, so that like meets like. */
export function failureTable(
  records: readonly { readonly stage: string; readonly status: string; readonly reason?: string }[],
): FailureTableRow[] {
  const rows = new Map<string, { stage: string; reason: string; count: number }>();
  for (const { stage, status, reason = 'no reason given' } of records) {
    if (status !== 'failed') continue;
    const like = reason.replace(/\d+/g, '…');
    const key = JSON.stringify([stage, like]);
    const row = rows.get(key);
    // A reason that stands alone keeps its digits
    rows.set(key, { stage, reason: row && row.reason !== reason ? like : reason, count: (row?.count ?? 0) + 1 });
  }
  return [...rows.values()].sort((left, right) => right.count - left.count || (left.reason < right.reason ? -1 : 1));
}
