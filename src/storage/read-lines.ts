import { createReadStream } from 'node:fs';
import { isParquet, readParquet } from './read-parquet.js';
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

/** The bytes of a file in pieces. Throws `InputError` when it cannot be read. */
export async function* readChunks(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw readFailure(file, error);
  }
}

function decode(bytes: Buffer, line: number): string {
  const text = (bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes).toString('utf8');
  return line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}
