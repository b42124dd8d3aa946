import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageFailure } from '../storage/storage-failure.js';

/** Characters that are gathered before they are written. */
const chunkLength = 256 * 1024;

/**
 * Streams rows to a JSONL file: to a temporary file beside it, flushed, then renamed, so that the file is whole or as it was
 * before. Memory does not grow with the rows; the folder is made. Returns how many were written. Throws `StorageError`,
 * and what `rows` throws.
 */
export async function writeJsonl({
  file,
  rows,
}: {
  file: string;
  rows: Iterable<object> | AsyncIterable<object>;
}): Promise<number> {
  const onDisk = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw storageFailure(`write ${file}`, error);
    });
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`);
  await onDisk(mkdir(dirname(file), { recursive: true }));
  const handle = await onDisk(open(temporary, 'wx'));
  try {
    let [count, waiting] = [0, ''];
    for await (const row of rows) {
      count += 1;
      waiting += `${JSON.stringify(row)}\n`;
      if (waiting.length < chunkLength) continue;
      await onDisk(handle.writeFile(waiting));
      waiting = '';
    }
    await onDisk(handle.writeFile(waiting));
    await onDisk(handle.datasync());
    await handle.close();
    await onDisk(rename(temporary, file));
    return count;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
