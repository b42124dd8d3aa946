import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError, MathpieError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { makeDirectory } from '../../storage/make-directory.js';
import { storageFailure } from '../../storage/storage-failure.js';
import { type ContentCheck, checkContent, type Expected } from './check-content.js';
import { forgetPart, openPartFile, type PartFile } from './part-file.js';
import { requestRest } from './request-rest.js';

export type DownloadedFile = Omit<ContentCheck, 'fault'> & {
  /** It was there, whole, before this call; nothing was fetched. */
  readonly wasThere: boolean;
  /** Bytes that an earlier, interrupted call had left. */
  readonly resumedBytes: number;
  /** Connections that broke and were continued. */
  readonly retryCount: number;
};

export type DownloadEffects = {
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;
};

const defaultEffects: DownloadEffects = {
  fetch: (...request) => globalThis.fetch(...request),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal && { signal }),
};

/** Connections in a row that may bring nothing at all. */
const mostFruitless = 5;

/**
 * Fetches a file to its place, or finds that it is there. A broken connection is continued with a Range request that
 * names the version (If-Range), within this call and by the next one; a server that ignores it, or has another version by now,
 * is read from the start. The file appears under its name only when it is whole and its size and checksum fit. Throws
 * `InputError` for wrong content and for an address that the server refuses, `MathpieError` when the connection stays
 * broken (what is there is kept), `StorageError`.
 */
export async function downloadFile({
  url,
  file,
  expected,
  check = async () => undefined,
  signal,
  onProgress,
  idleMs = 60_000,
  wayOut = `choose another ${named('mirror')}`,
  headers = {},
  effects = defaultEffects,
}: {
  url: string;
  file: string;
  expected: Expected;
  /** A last look at the whole file: a reason to refuse it, or undefined. */
  check?: (file: string) => Promise<string | undefined>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { bytes: number; total: number | undefined }) => void) | undefined;
  /** A connection that brings nothing for this long counts as broken. */
  idleMs?: number;
  /** What to do about a file that is not the right one. @default another mirror */
  wayOut?: string;
  /** Sent with each request; a redirection to another host gets no `authorization`. */
  headers?: { readonly [name: string]: string };
  effects?: DownloadEffects;
}): Promise<DownloadedFile> {
  if (existsSync(file)) return keepExisting(file, { expected, check });
  await makeDirectory(dirname(file)).catch((error: unknown) => {
    throw storageFailure(`write ${file}`, error);
  });
  const part = await openPartFile({ file, url });
  const resumedBytes = part.size();
  try {
    const retryCount = await fetchWhole({ url, part, expected, signal, onProgress, idleMs, wayOut, headers, effects });
    const { fault, ...content } = await checkContent(part.path, expected);
    const refusal = fault ?? (await check(part.path));
    if (refusal !== undefined) {
      await part.remove();
      throw new InputError(`Cannot keep ${url}: ${refusal}; it was removed, repeat the command or ${wayOut}`);
    }
    await part.finish();
    return { ...content, wasThere: false, resumedBytes, retryCount };
  } finally {
    await part.close();
    if (part.size() === 0) await part.remove();
  }
}

async function keepExisting(
  file: string,
  { expected, check }: { expected: Expected; check: (file: string) => Promise<string | undefined> },
): Promise<DownloadedFile> {
  const { fault, ...content } = await checkContent(file, expected);
  const refusal = fault ?? (await check(file));
  if (refusal === undefined) {
    await forgetPart(file);
    return { ...content, wasThere: true, resumedBytes: 0, retryCount: 0 };
  }
  throw new InputError(
    `Cannot download ${file}: a file is there, and ${refusal}; move it away or choose another ${named('out')}`,
    {
      file,
    },
  );
}

async function fetchWhole({
  url,
  part,
  expected,
  signal,
  onProgress,
  idleMs,
  wayOut,
  headers,
  effects,
}: {
  url: string;
  part: PartFile;
  expected: Expected;
  signal: AbortSignal | undefined;
  onProgress: ((progress: { bytes: number; total: number | undefined }) => void) | undefined;
  idleMs: number;
  wayOut: string;
  headers: { readonly [name: string]: string };
  effects: DownloadEffects;
}): Promise<number> {
  let fruitless = 0;
  for (let retryCount = 0; ; retryCount++) {
    const before = part.size();
    const outcome = await requestRest({
      url,
      part,
      expected,
      signal,
      onProgress,
      idleMs,
      wayOut,
      headers,
      fetch: effects.fetch,
    });
    if (outcome.isWhole) return retryCount;
    signal?.throwIfAborted();
    fruitless = part.size() > before ? 0 : fruitless + 1;
    if (fruitless >= mostFruitless) {
      throw new MathpieError(
        `Cannot download ${url}: ${outcome.reason}; the ${part.size()} bytes that came are kept, repeat the command or ${wayOut}`,
      );
    }
    await effects.sleep(Math.max(outcome.waitMs, 500 * 2 ** fruitless), signal);
  }
}
