import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { storageFailure } from '../../storage/storage-failure.js';
import { writeAtomic } from '../../storage/write-atomic.js';

/** A file that is being fetched: `FILE.part` holds the bytes so far, `FILE.part.json` what they are a part of. */
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

/** Opens what an earlier call left of the same address, or an empty part. Throws `StorageError`. */
export async function openPartFile({ file, url }: { file: string; url: string }): Promise<PartFile> {
  const [path, notes] = [`${file}.part`, `${file}.part.json`];
  const action = `write ${path}`;
  const guard = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw storageFailure(action, error);
    });
  let validator = await readValidator(notes, url);
  const handle: FileHandle = await guard(open(path, 'a'));
  let size = (await guard(stat(path))).size;
  let isOpen = true;

  const restart = async (next: string | undefined): Promise<void> => {
    await guard(handle.truncate(0));
    size = 0;
    validator = next;
    await writeAtomic(notes, JSON.stringify({ url, validator: next ?? null }));
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await guard(handle.close());
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
    },
    close,
    finish: async () => {
      await guard(isOpen ? handle.datasync() : Promise.resolve());
      await close();
      await guard(rename(path, file));
      await rm(notes, { force: true });
    },
    remove: async () => {
      await close();
      await Promise.all([rm(path, { force: true }), rm(notes, { force: true })]);
    },
  };
}

async function readValidator(notes: string, url: string): Promise<string | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(notes, 'utf8'));
    const { url: noted, validator } = value as { url?: unknown; validator?: unknown };
    return noted === url && typeof validator === 'string' ? validator : undefined;
  } catch {
    return undefined;
  }
}
