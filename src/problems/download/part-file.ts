import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from '../../storage/flush-folder.js';
import { storageFailure } from '../../storage/storage-failure.js';
import { writeAtomic } from '../../storage/write-atomic.js';

/**
 * A file that is being fetched: `FILE.part` holds the bytes so far, `FILE.part.json` what they are a part of, and how many of them are on the disk
 * for certain. Only these are kept when the file is opened again: of the others a power cut may have left zeros.
 */
export type PartFile = {
  readonly path: string;
  /** Bytes that are there. */
  readonly size: () => number;
  /** The server's name for the version that the bytes belong to; undefined when it gave none. */
  readonly validator: () => string | undefined;
  /** Forgets all bytes; what comes belongs to the version that `validator` names. */
  readonly restart: (validator: string | undefined) => Promise<void>;
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** Closes the file; the bytes stay for a later call. */
  readonly close: () => Promise<void>;
  /** Puts the whole file in its place. */
  readonly finish: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** How long bytes may wait for the disk, in milliseconds. */
const flushEveryMs = 1000;

/** Opens what an earlier call left of the same address, or an empty part. Throws `StorageError`. */
export async function openPartFile({ file, url }: { file: string; url: string }): Promise<PartFile> {
  const [path, notes] = [`${file}.part`, `${file}.part.json`];
  const action = `write ${path}`;
  const guard = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw storageFailure(action, error);
    });
  const noted = await readNotes(notes, url);
  let validator = noted.validator;
  const handle: FileHandle = await guard(open(path, 'a'));
  let size = Math.min((await guard(stat(path))).size, noted.flushed);
  await guard(handle.truncate(size));
  let flushedAt = performance.now();
  let isOpen = true;

  const flush = async (): Promise<void> => {
    await guard(handle.datasync());
    await writeAtomic(notes, JSON.stringify({ url, validator: validator ?? null, flushed: size }));
    flushedAt = performance.now();
  };

  const restart = async (next: string | undefined): Promise<void> => {
    await guard(handle.truncate(0));
    size = 0;
    validator = next;
    await flush();
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    try {
      if (size > 0) await flush();
    } finally {
      await guard(handle.close());
    }
  };
  // bytes of another address, or of a version that cannot be named, are of no use
  if (size > 0 && validator === undefined) await restart(undefined);
  return {
    path,
    size: () => size,
    validator: () => validator,
    restart,
    append: async (bytes) => {
      await guard(handle.appendFile(bytes));
      size += bytes.length;
      if (performance.now() - flushedAt >= flushEveryMs) await flush();
    },
    close,
    finish: async () => {
      await close();
      await guard(rename(path, file));
      await flushFolder(dirname(file));
      await rm(notes, { force: true });
    },
    remove: async () => {
      await close();
      await Promise.all([rm(path, { force: true }), rm(notes, { force: true })]);
    },
  };
}

/** Removes what a power cut left of a part whose file is in its place. */
export function forgetPart(file: string): Promise<void> {
  return rm(`${file}.part.json`, { force: true });
}

async function readNotes(notes: string, url: string): Promise<{ validator: string | undefined; flushed: number }> {
  try {
    const value: unknown = JSON.parse(await readFile(notes, 'utf8'));
    const { url: noted, validator, flushed } = value as { url?: unknown; validator?: unknown; flushed?: unknown };
    if (noted === url && typeof validator === 'string' && typeof flushed === 'number') return { validator, flushed };
  } catch {
    // None yet, or damaged: read from the start
  }
  return { validator: undefined, flushed: 0 };
}
