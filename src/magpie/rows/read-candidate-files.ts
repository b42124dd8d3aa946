/** Reads files of candidates for the steps that compare them; loaded when there are any. */
export async function readCandidateFiles(files: readonly string[]): Promise<readonly object[]> {
  const { readCandidates } = await import('./read-candidates.js');
  return readCandidates(files);
}
