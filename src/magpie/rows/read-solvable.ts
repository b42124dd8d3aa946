/** Reads files of problems for the steps that solve them; loaded when there are any. */
export async function readSolvable(files: readonly string[]): Promise<readonly object[]> {
  const { readInstructions } = await import('./read-instructions.js');
  return readInstructions(files);
}
