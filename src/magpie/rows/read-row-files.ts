/** Reads files of rows in Magpie's shape for the steps that choose and tag; loaded when there are any. */
export async function readRowFiles(files: readonly string[]): Promise<readonly object[]> {
  const { readMagpieRows } = await import('./read-magpie-rows.js');
  const rows: object[] = [];
  for (const file of files) for await (const row of readMagpieRows(file)) rows.push(row);
  return rows;
}
