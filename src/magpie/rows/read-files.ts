/** Readers of the files that are given to a step instead of a run directory; each is loaded when there are any. */

/** Problems, for the steps that solve them. */
export async function readSolvable(files: readonly string[]): Promise<readonly object[]> {
  const { readInstructions } = await import('./read-instructions.js');
  return readInstructions(files);
}

/** Candidates, for the steps that compare them. */
export async function readCandidateFiles(files: readonly string[]): Promise<readonly object[]> {
  const { readCandidates } = await import('./read-candidates.js');
  return readCandidates(files);
}

/** Rows in Magpie's shape, for the steps that choose and tag. */
export async function readRowFiles(files: readonly string[]): Promise<readonly object[]> {
  const { readMagpieRows } = await import('./read-magpie-rows.js');
  const rows: object[] = [];
  for (const file of files) for await (const row of readMagpieRows(file)) rows.push(row);
  return rows;
}
