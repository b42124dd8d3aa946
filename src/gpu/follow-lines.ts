import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../storage/storage-failure.js';

export type FollowedFile = {
  /** Reads what is left and stops. Resolves when the last line has been handed over. */
  stop(): Promise<void>;
};

/** Longer lines are no events; they are skipped, so that a broken writer cannot fill the memory. In bytes. */
const longestLine = 1 << 20;
const newline = 0x0a;

/**
 * Hands over each whole line that is appended to a file from byte `from` on, in order, while another process writes it.
 * The file may be absent at first. A last line with no newline waits until the rest of it has come. Looks every `everyMs`
 * milliseconds instead of watching, because watches see nothing on network drives.
 */
export function followLines(
  file: string,
  { from = 0, everyMs = 200, onLine }: { from?: number; everyMs?: number; onLine: (line: string) => void },
): FollowedFile {
  const stopping = new AbortController();
  const buffer = Buffer.alloc(64 * 1024);
  let handle: FileHandle | undefined;
  let position = from;
  let pending: Buffer = Buffer.alloc(0);
  let isSkipping = false;

  const take = (chunk: Buffer): void => {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (!isSkipping) onLine(Buffer.concat([pending, chunk.subarray(start, end)]).toString('utf8'));
      isSkipping = false;
      pending = Buffer.alloc(0);
      start = end + 1;
    }
    pending = isSkipping ? pending : Buffer.concat([pending, chunk.subarray(start)]);
    if (pending.length > longestLine) {
      isSkipping = true;
      pending = Buffer.alloc(0);
    }
  };

  const readAll = async (): Promise<void> => {
    handle ??= await openIfThere(file);
    for (;;) {
      const { bytesRead = 0 } = (await handle?.read(buffer, 0, buffer.length, position)) ?? {};
      if (bytesRead === 0) return;
      position += bytesRead;
      take(buffer.subarray(0, bytesRead));
    }
  };

  const following = (async () => {
    try {
      while (!stopping.signal.aborted) {
        await readAll();
        await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
      await readAll();
    } finally {
      await handle?.close();
    }
  })();
  // Whoever stops it is told of a failure; until then it must not end the program.
  following.catch(() => undefined);
  return {
    stop: () => {
      stopping.abort();
      return following;
    },
  };
}

/** The byte behind the last whole line: where the lines of a writer that starts now will begin. 0 for no file. */
export async function endOfLines(file: string): Promise<number> {
  const handle = await openIfThere(file);
  if (handle === undefined) return 0;
  try {
    const chunk = Buffer.alloc(64 * 1024);
    for (let end = (await handle.stat()).size; end > 0; ) {
      const start = Math.max(0, end - chunk.length);
      const { bytesRead } = await handle.read(chunk, 0, end - start, start);
      const last = chunk.subarray(0, bytesRead).lastIndexOf(newline);
      if (last !== -1) return start + last + 1;
      end = start;
    }
    return 0;
  } finally {
    await handle.close();
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
