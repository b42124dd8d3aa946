/** The most candidates of a row, failed ones included: the number in the name of their file. */
export function mostCandidates(
  rows: readonly { readonly candidates: readonly unknown[]; readonly failed_candidates: readonly unknown[] }[],
): number {
  return rows.reduce((most, row) => Math.max(most, row.candidates.length + row.failed_candidates.length), 0);
}
