/** Fields of rows that say when or how fast a row was made: `created` of Magpie's rows, `ms` of graded ones. */
const clocks: ReadonlySet<string> = new Set(['created', 'ms']);

/** What a row says, as text, without the clocks in it: the same for rows that were made the same way at another time. */
export function rowContent(row: { readonly [field: string]: unknown }): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).filter(([field]) => !clocks.has(field))));
}
