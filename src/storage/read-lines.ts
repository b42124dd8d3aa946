import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../errors.js';
import { firstBytes, isParquet, readParquet } from './read-parquet.js';
import { createRowPieces } from './row-pieces.js';
import { readFailure } from './storage-failure.js';

/** A line of a file without its line end; `line` counts from 1. `ended` is false for a last line with no newline. */
export type Line = { readonly line: number; readonly text: string; readonly ended: boolean };

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Streams the lines of a UTF-8 file. Splits bytes at `\n` alone (a `\r` before it goes): `node:readline` would also
 * split at U+2028 and U+2029, which may stand bare inside a JSON string. A byte order mark at the start is dropped.
 * Throws `InputError` when the file cannot be read.
 */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let line = 0;
  const pieces = createRowPieces();
  for await (const chunk of readChunks(file)) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      pieces.push(chunk.subarray(start, end));
      line += 1;
      yield { line, text: decode(pieces.take(), line), ended: true };
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  }
  if (!pieces.isEmpty()) yield { line: line + 1, text: decode(pieces.take(), line + 1), ended: false };
}

/** The texts of the lines alone; of Parquet, its rows as JSON. */
export async function* readTexts(file: string): AsyncGenerator<string> {
  if (await isParquet(file)) {
    for await (const { value } of readParquet(file)) yield JSON.stringify(value);
    return;
  }
  for await (const { text } of readLines(file)) yield text;
}

/** The bytes of a file in pieces; of one packed by gzip, what is packed. Throws `InputError` when it cannot be read, or is written in UTF-16. */
export async function* readChunks(file: string): AsyncGenerator<Buffer> {
  const isPacked = await isGzip(file);
  let isFirst = true;
  try {
    for await (const chunk of openBytes(file, isPacked)) {
      if (isFirst) refuseUtf16(file, chunk);
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (isPacked && error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new InputError(`Cannot read ${file}: it is packed by gzip and damaged; copy or download it again`, {
        file,
      });
    }
    throw readFailure(file, error);
  }
}

/** The first bytes of what `readChunks` gives, fewer where there are no more. */
export async function firstRead(file: string, count: number): Promise<Buffer> {
  if (!(await isGzip(file))) return firstBytes(file, count);
  for await (const chunk of readChunks(file)) return chunk.subarray(0, count);
  return Buffer.alloc(0);
}

function openBytes(file: string, isPacked: boolean): AsyncIterable<Buffer> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  if (!isPacked) return source;
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => unpacked.destroy(error));
  return source.pipe(unpacked);
}

/** By its first bytes, whatever its name. What is no file, a pipe say, is read once and as it is. */
async function isGzip(file: string): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile && (await firstBytes(file, 2)).equals(gzipMark);
}

const gzipMark = Buffer.from([0x1f, 0x8b]);

function refuseUtf16(file: string, chunk: Buffer): void {
  const mark = chunk.subarray(0, 2).toString('latin1');
  if (mark !== '\xff\xfe' && mark !== '\xfe\xff') return;
  throw new InputError(`Cannot read ${file}: it is written in UTF-16; save it as UTF-8`, { file });
}

function decode(bytes: Buffer, line: number): string {
  const text = (bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes).toString('utf8');
  return line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}
