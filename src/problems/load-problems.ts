import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { problemPath } from '../everyday-files.js';
import { hashFile } from '../storage/hash-file.js';
import { listFiles } from '../storage/list-files.js';
import { describeFormat } from './describe-format.js';
import type { DatasetFormat } from './formats/dataset-format.js';
import { isPocketSource, readPocketSource } from './pocket-source.js';
import type { Problem } from './problem.js';
import { readProblems } from './read-problems.js';
import { refuseSkipped } from './stream-problems.js';

export type LoadProblemsOptions = {
  /** A file or a folder of problems, or a `pocket:COUNT`. */
  readonly data: string;
  /** Leave out so many problems at the start. @default 0 */
  readonly skip?: number | undefined;
  /** Read no more than this many, behind those that are left out. */
  readonly limit?: number | undefined;
  readonly skipBad?: boolean | undefined;
  /** Settles what the fields of a row leave open. */
  readonly dataset?: string | undefined;
  readonly needsAnswer: boolean;
  /** Fields of the rows to keep beside those of a problem. */
  readonly fields?: readonly string[] | undefined;
  /** Of a `pocket:COUNT`. */
  readonly split: 'train' | 'test';
  readonly onNote: (line: string) => void;
};

/** Reads problems and says which format was recognised, unless the rows are of our own. Throws `InputError` with the line of a bad row. */
export async function loadProblems(options: LoadProblemsOptions): Promise<readonly Problem[]> {
  const { data, skip = 0, limit, skipBad = false, dataset, needsAnswer, fields, split, onNote } = options;
  if (isPocketSource(data)) {
    const written = readPocketSource(data, { split });
    refuseSkipped(skip, { count: written.length, of: data });
    return written.slice(skip, limit === undefined ? undefined : skip + limit);
  }
  const preferred = dataset === 'gsm8k' || dataset === 'math' || dataset === 'math500' ? dataset : undefined;
  let read: DatasetFormat | undefined;
  const onFormat = (format: DatasetFormat): void => {
    read = format;
  };
  const { problems, bad } = await readProblems({
    file: problemPath(data),
    preferred,
    needsAnswer,
    fields,
    skipBad,
    skip,
    limit,
    onFormat,
  });
  if (read !== undefined && read.name !== 'mathpie') onNote(describeFormat(data, read));
  const [first] = bad;
  if (first !== undefined) {
    const lines = bad.length === 1 ? '1 line' : `${bad.length} lines`;
    onNote(`Skipped ${lines} of ${data} (first: line ${first.line} ${first.reason})`);
  }
  return problems;
}

/**
 * What a run's configuration keeps of its data: the content, not the place, so that a run continues after its data has moved and is
 * refused after it has changed.
 */
export async function describeData(data: string): Promise<{ readonly data: string; readonly sha256: string }> {
  return { data: isPocketSource(data) ? data : basename(resolve(data)), sha256: await hashData(data) };
}

/** SHA-256 of a file; of a folder, that of its files' names and hashes; of a source that is no file, that of its words. */
export async function hashData(data: string): Promise<string> {
  if (isPocketSource(data)) return createHash('sha256').update(data).digest('hex');
  const path = problemPath(data);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false, // hashFile says what is wrong
  );
  if (!isFolder) return hashFile(path);
  const hash = createHash('sha256');
  for (const { path: each } of await listFiles(path)) hash.update(`${each} ${await hashFile(join(path, each))}\n`);
  return hash.digest('hex');
}
