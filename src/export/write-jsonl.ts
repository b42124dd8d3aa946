import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { storageFailure } from '../storage/storage-failure.js';

/**
 * Streams rows to a JSONL file: to a temporary file beside it, flushed, then renamed, so that the file is whole or as it was
 * before. Memory does not grow with the rows. Returns how many were written; throws `StorageError`.
 */
export async function writeJsonl({
  file,
  rows,
}: {
  file: string;
  rows: Iterable<object> | AsyncIterable<object>;
}): Promise<number> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`);
  let count = 0;
  let rowFailure: { readonly error: unknown } | undefined;
  async function* lines(): AsyncGenerator<string> {
    try {
      for await (const row of rows) {
        count += 1;
        yield `${JSON.stringify(row)}\n`;
      }
    } catch (error) {
      rowFailure = { error };
      throw error;
    }
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(temporary, { flags: 'wx' }));
    await flush(temporary);
    await rename(temporary, file);
    return count;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // a bad row is the caller's news, not the disk's
    throw rowFailure ? rowFailure.error : storageFailure(`write ${file}`, error);
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
