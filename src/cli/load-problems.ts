import { basename } from 'node:path';
import type { Problem } from '../problems/problem.js';
import { readProblems } from '../problems/read-problems.js';
import { hashFile } from '../storage/hash-file.js';
import type { Terminal } from './terminal.js';

/**
 * The problems of `--data`, and what the run's configuration keeps of them: the file's content, not its place, so that
 * a run continues after its data has moved and is refused after it has changed.
 */
export async function loadProblems({
  values: { data, limit, 'skip-bad': skipBad },
  needsAnswer,
  terminal,
}: {
  values: { readonly data: string; readonly limit: number | undefined; readonly 'skip-bad': boolean };
  needsAnswer: boolean;
  terminal: Terminal;
}): Promise<{ problems: Problem[]; config: { data: string; sha256: string; limit: number | null } }> {
  const { problems, bad } = await readProblems({ file: data, needsAnswer, skipBad, limit });
  const [first] = bad;
  if (first !== undefined) {
    const lines = bad.length === 1 ? '1 line' : `${bad.length} lines`;
    terminal.note(`Skipped ${lines} of ${data} (first: line ${first.line} ${first.reason})`);
  }
  return { problems, config: { data: basename(data), sha256: await hashFile(data), limit: limit ?? null } };
}
