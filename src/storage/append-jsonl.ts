import { type FileHandle, open } from 'node:fs/promises';
import { dropZeroedLines } from './drop-zeroed-lines.js';
import { errorCode, storageFailure } from './storage-failure.js';

/** An open JSONL file that only grows. */
export type JsonlAppender = {
  readonly file: string;
  /** Bytes of a torn last line that were cut away when the file was opened. */
  readonly repairedBytes: number;
  /** Resolves when the whole line is with the operating system: a killed process no longer loses it. */
  append(row: object): Promise<void>;
  /** Resolves when all that was appended is on the disk: a power cut no longer loses it. */
  flush(): Promise<void>;
  /** Writes what is waiting, flushes it to the disk and closes the file. */
  close(): Promise<void>;
};

export type AppendEffects = {
  readonly open: (file: string, flags: string) => Promise<FileHandle>;
  /** Milliseconds, only ever compared with each other. */
  readonly now: () => number;
};

const defaultEffects: AppendEffects = { open, now: () => performance.now() };

/** How long written lines may wait for the disk flush that protects them from a power cut, in milliseconds. */
const flushEveryMs = 1000;

type Waiting = { readonly line: string; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/**
 * Opens (or makes) a JSONL file for appending, and cuts a torn last line off. A last line with no newline is what a killed writer leaves behind; it
 * is cut back to the last newline; lines that a power cut left as zeros are taken out (`dropZeroedLines`). Lines that wait at the same time go out in one write. After a failed write the
 * half-written line is cut away again and every later append fails with the same `StorageError`.
 */
export async function openJsonlAppender({
  file,
  effects = {},
}: {
  file: string;
  effects?: Partial<AppendEffects>;
}): Promise<JsonlAppender> {
  const { open: openFile, now } = { ...defaultEffects, ...effects };
  const action = `append to ${file}`;
  await dropZeroedLines(file);
  // 'a+' and not 'a': the repair has to read.
  const handle = await openFile(file, 'a+').catch((error: unknown) => {
    throw storageFailure(action, error);
  });
  const repairedBytes = await repairTornLine(handle).catch(async (error: unknown) => {
    await handle.close().catch(() => undefined);
    throw storageFailure(action, error);
  });

  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let failure: Error | undefined;
  let flushedAt = now();

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure) throw failure;
        await writeWhole(handle, batch.map(({ line }) => line).join(''));
        if (now() - flushedAt >= flushEveryMs) {
          await handle.datasync();
          flushedAt = now();
        }
        for (const { resolve } of batch) resolve();
      } catch (error) {
        failure ??= storageFailure(action, error);
        for (const { reject } of batch) reject(failure);
      }
    }
    writing = undefined;
  };

  const flush = async (): Promise<void> => {
    await writing;
    try {
      if (failure === undefined) await handle.datasync();
    } catch (error) {
      // A pipe or a device has nothing to flush.
      if (errorCode(error) !== 'EINVAL') throw storageFailure(action, error);
    }
  };

  return {
    file,
    repairedBytes,
    append: (row) =>
      new Promise((resolve, reject) => {
        waiting.push({ line: `${JSON.stringify(row)}\n`, resolve, reject });
        writing ??= Promise.resolve().then(drain);
      }),
    flush,
    close: async () => {
      try {
        await flush();
      } finally {
        await handle.close();
      }
    },
  };
}

async function writeWhole(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  try {
    while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
  } catch (error) {
    // A full disk may have taken a part. Best effort: what stays torn is repaired at the next opening.
    await repairTornLine(handle).catch(() => undefined);
    throw error;
  }
}

/** Cuts a file back to just after its last newline; returns how many bytes went. */
async function repairTornLine(handle: FileHandle): Promise<number> {
  const status = await handle.stat();
  if (!status.isFile() || status.size === 0) return 0;
  const chunk = Buffer.alloc(64 * 1024);
  let end = status.size;
  while (end > 0) {
    const start = Math.max(0, end - chunk.length);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const last = chunk.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (last !== -1) {
      end = start + last + 1;
      break;
    }
    end = start;
  }
  if (end < status.size) await handle.truncate(end);
  return status.size - end;
}
