import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { DatasetFormat } from '../problems/formats/dataset-format.js';
import type { Problem } from '../problems/problem.js';
import { readProblems } from '../problems/read-problems.js';
import { hashFile } from '../storage/hash-file.js';
import { listFiles } from '../storage/list-files.js';
import { describeFormat } from './show/describe-format.js';
import type { Terminal } from './show/terminal.js';

/**
 * The problems of `--data`, and what the run's configuration keeps of them: the data's content, not its place, so that
 * a run continues after its data has moved and is refused after it has changed. Says which format was recognised, unless
 * the rows are of our own.
 */
export async function loadProblems({
  values: { data, limit, 'skip-bad': skipBad, dataset },
  needsAnswer,
  terminal,
}: {
  values: {
    readonly data: string;
    readonly limit: number | undefined;
    readonly 'skip-bad': boolean;
    /** Settles what the fields of a row leave open. */
    readonly dataset?: string | undefined;
  };
  needsAnswer: boolean;
  terminal: Terminal;
}): Promise<{ problems: Problem[]; config: { data: string; sha256: string; limit: number | null } }> {
  const preferred = dataset === 'gsm8k' || dataset === 'math' || dataset === 'math500' ? dataset : undefined;
  let read: DatasetFormat | undefined;
  const onFormat = (format: DatasetFormat): void => {
    read = format;
  };
  const { problems, bad } = await readProblems({ file: data, preferred, needsAnswer, skipBad, limit, onFormat });
  if (read !== undefined && read.name !== 'mathpie') terminal.note(describeFormat(data, read));
  const [first] = bad;
  if (first !== undefined) {
    const lines = bad.length === 1 ? '1 line' : `${bad.length} lines`;
    terminal.note(`Skipped ${lines} of ${data} (first: line ${first.line} ${first.reason})`);
  }
  return { problems, config: { data: basename(resolve(data)), sha256: await hashData(data), limit: limit ?? null } };
}

/** SHA-256 of a file; of a folder, that of its files' names and hashes. */
async function hashData(data: string): Promise<string> {
  if (!(await stat(data)).isDirectory()) return hashFile(data);
  const hash = createHash('sha256');
  for (const { path } of await listFiles(data)) hash.update(`${path} ${await hashFile(join(data, path))}\n`);
  return hash.digest('hex');
}
