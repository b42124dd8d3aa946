import { open } from 'node:fs/promises';
import { readChunks, readLines } from './read-lines.js';
import { readFailure } from './storage-failure.js';

/** The JSON text of one row; `place` is its line, or its number in an array, from 1. */
export type JsonText = { readonly place: number; readonly text: string };

/**
 * Streams the rows of a file as text: of JSON lines, or of one JSON array of objects (as MetaMathQA is published). What comes
 * first in the file decides: `[` is an array. Empty lines are left out. An array that ends too early yields what is whole
 * and then its torn rest, which does not parse. Throws `InputError` when the file cannot be read.
 */
export async function* readJsonTexts(file: string): AsyncGenerator<JsonText> {
  if ((await firstCharacter(file)) === '[') {
    yield* readArray(file);
    return;
  }
  for await (const { line, text } of readLines(file)) if (text.trim() !== '') yield { place: line, text };
}

async function firstCharacter(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer
        .subarray(0, bytesRead)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trimStart()
        .slice(0, 1);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

/** Splits an array at its objects by counting braces outside of strings. Works on bytes: the array may be one long line. */
async function* readArray(file: string): AsyncGenerator<JsonText> {
  let [place, depth, isInString, isEscaped] = [0, 0, false, false];
  let pieces: Buffer[] = [];
  for await (const chunk of readChunks(file)) {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index];
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isInString = false;
      } else if (byte === quote) isInString = true;
      else if (byte === openBrace) {
        if (depth === 0) start = index;
        depth += 1;
      } else if (byte === closeBrace && depth > 0) {
        depth -= 1;
        if (depth > 0) continue;
        pieces.push(chunk.subarray(start, index + 1));
        place += 1;
        yield { place, text: Buffer.concat(pieces).toString('utf8') };
        pieces = [];
      }
    }
    if (depth > 0) pieces.push(chunk.subarray(start));
  }
  if (pieces.length > 0) yield { place: place + 1, text: Buffer.concat(pieces).toString('utf8') };
}

const [quote, backslash, openBrace, closeBrace] = [34, 92, 123, 125];
