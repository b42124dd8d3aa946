import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from './flush-folder.js';
import { makeDirectory } from './make-directory.js';
import { storageFailure } from './storage-failure.js';
import { removeOrphans, temporaryBeside } from './temporary-file.js';

/** A file that comes into being whole: `commit` puts it in place, `abort` leaves what was there before. */
export type AtomicWriter = {
  /** Gathers text; returns a promise only when it goes to the disk, so that most calls cost no turn of the event loop. */
  write(text: string): Promise<void> | undefined;
  /** What was written so far lies in this file until `commit` or `abort`; `flush` first. */
  readonly temporary: string;
  flush(): Promise<void>;
  commit(): Promise<void>;
  /** Removes what was written so far. Does nothing after `commit`. */
  abort(): Promise<void>;
};

/** Characters that are gathered before they are written. */
const chunkLength = 256 * 1024;

/**
 * Opens a file to be written piece by piece, of any size: to a temporary file beside it, flushed, then renamed, so that a
 * reader sees the old content or the new. Memory does not grow with the file; its folder is made. Throws `StorageError`.
 */
export async function openAtomicWriter(file: string): Promise<AtomicWriter> {
  const onDisk = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw storageFailure(`write ${file}`, error);
    });
  const temporary = temporaryBeside(file);
  await onDisk(makeDirectory(dirname(file)));
  await removeOrphans(file);
  const handle: FileHandle = await onDisk(open(temporary, 'wx'));
  let waiting = '';
  let isOpen = true;
  const flush = (): Promise<void> => {
    const text = waiting;
    waiting = '';
    return onDisk(handle.writeFile(text));
  };
  return {
    temporary,
    flush,
    write: (text) => {
      waiting += text;
      return waiting.length < chunkLength ? undefined : flush();
    },
    commit: async () => {
      await flush();
      await onDisk(handle.datasync());
      await onDisk(handle.close());
      await onDisk(rename(temporary, file));
      await flushFolder(dirname(file));
      isOpen = false;
    },
    abort: async () => {
      if (!isOpen) return;
      isOpen = false;
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}
