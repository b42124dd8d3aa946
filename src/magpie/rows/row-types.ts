/**
 * Types of a run's files in the order in which they are looked for: of each step the rows that were tagged first, and with `isDistinctFirst` the
 * deduplicated ones before those.
 */
export function rowTypes(
  steps: readonly string[],
  { isDistinctFirst }: { readonly isDistinctFirst: boolean },
): readonly string[] {
  return steps.flatMap((step) => [
    ...(isDistinctFirst ? [`${step}_distinct_tagged`, `${step}_distinct`] : []),
    `${step}_tagged`,
    step,
  ]);
}
