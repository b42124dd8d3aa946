import { InputError } from '../../errors.js';
import type { Expected } from './check-content.js';
import type { PartFile } from './part-file.js';

/** `isWhole`: every byte is there. Otherwise why not, and for how long the server asks to wait. */
export type RequestOutcome = { readonly isWhole: boolean; readonly reason: string; readonly waitMs: number };

/** Longer than this nobody waits for a server. */
const longestWaitMs = 60_000;

/**
 * One request for the bytes that a part lacks (RFC 9110, sections 13 and 14). A broken connection is an outcome, not an
 * error; what came is in the part. Throws `InputError` for a status that no repetition mends and for more bytes than
 * expected, `StorageError`, and the signal's reason.
 */
export async function requestRest({
  url,
  part,
  expected,
  signal,
  onProgress,
  idleMs,
  wayOut,
  headers,
  fetch,
}: {
  url: string;
  part: PartFile;
  expected: Expected;
  signal: AbortSignal | undefined;
  onProgress: ((progress: { bytes: number; total: number | undefined }) => void) | undefined;
  idleMs: number;
  /** What to do about another file than the one that is expected. */
  wayOut: string;
  headers: { readonly [name: string]: string };
  fetch: typeof globalThis.fetch;
}): Promise<RequestOutcome> {
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), idleMs);
  const stop = signal === undefined ? idle.signal : AbortSignal.any([signal, idle.signal]);
  let total: number | undefined;
  const broken = (reason: string, waitMs = 0): RequestOutcome => ({ isWhole: false, reason, waitMs });
  try {
    const response = await fetch(url, {
      headers: { ...headers, ...rangeHeaders(part) },
      signal: stop,
      redirect: 'follow',
    });
    if (response.status === 416) {
      // the part may be all there is, or of a version that is gone
      const size = Number(/\*\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
      await response.body?.cancel();
      if (size === part.size()) return { isWhole: true, reason: '', waitMs: 0 };
      await part.restart(undefined);
      return broken('the server has no such range');
    }
    if (response.status === 429 || response.status >= 500) {
      await response.body?.cancel();
      return broken(`the server answers ${describeStatus(response)}`, readWait(response.headers));
    }
    if (response.status !== 200 && response.status !== 206) {
      await response.body?.cancel();
      throw new InputError(
        `Cannot download ${url}: the server answers ${describeStatus(response)}; ${wayOut}, or check that the file is still published`,
      );
    }
    const place = await placeOf(response, part);
    if (place === 'another-place') {
      await response.body?.cancel();
      await part.restart(undefined);
      return broken('the server sent another range than it was asked for');
    }
    total = place;
    const limit = expected.bytes ?? total ?? Number.POSITIVE_INFINITY;
    if (total !== undefined && total !== limit) {
      await response.body?.cancel();
      await part.remove();
      throw otherFile(url, `it has ${total} bytes where ${limit} are expected`, wayOut);
    }
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), idleMs);
      if (part.size() + chunk.length > limit) {
        await part.remove();
        throw otherFile(url, `it has more than the ${limit} bytes that are expected`, wayOut);
      }
      await part.append(chunk);
      onProgress?.({ bytes: part.size(), total: total ?? expected.bytes ?? undefined });
    }
    const isWhole = part.size() >= (total ?? expected.bytes ?? part.size());
    return isWhole ? { isWhole, reason: '', waitMs: 0 } : broken('the connection was closed too early');
  } catch (error) {
    signal?.throwIfAborted();
    // a connection may break after its last byte
    if (isNetworkFault(error) && part.size() === total) return { isWhole: true, reason: '', waitMs: 0 };
    if (idle.signal.aborted) return broken(`nothing came for ${Math.round(idleMs / 1000)} s`);
    if (isNetworkFault(error)) return broken(`the connection failed (${describeFault(error)})`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Bytes as they are stored, not compressed on the way: a range is one of the stored bytes. */
function rangeHeaders(part: PartFile): Record<string, string> {
  const validator = part.validator();
  const identity = { 'accept-encoding': 'identity' };
  if (part.size() === 0 || validator === undefined) return identity;
  return { ...identity, range: `bytes=${part.size()}-`, 'if-range': validator };
}

/** Makes the part ready for the body and says how many bytes the whole file has, where the server tells. */
async function placeOf(response: Response, part: PartFile): Promise<number | undefined | 'another-place'> {
  if (response.status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '') ?? [];
    if (start === undefined || Number(start) !== part.size()) return 'another-place';
    return total === '*' ? undefined : Number(total);
  }
  // the whole file: the server knows no ranges, or the file has changed
  await part.restart(validatorOf(response.headers));
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : Number(length);
}

/** A strong ETag, or the date of the last change; a weak ETag promises nothing about bytes. */
function validatorOf(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  return etag !== null && !etag.startsWith('W/') ? etag : (headers.get('last-modified') ?? undefined);
}

function readWait(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) ? Math.min(longestWaitMs, seconds * 1000) : 0;
}

function describeStatus({ status, statusText }: Response): string {
  return `${status} ${statusText}`.trim();
}

function otherFile(url: string, fault: string, wayOut: string): InputError {
  return new InputError(`Cannot keep ${url}: ${fault}; it is another file, ${wayOut}`);
}

/** What `fetch` throws for a connection that fails or breaks: a TypeError with the system's fault as its cause. */
function isNetworkFault(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'AbortError');
}

function describeFault(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error instanceof Error ? error.message : String(error);
}
