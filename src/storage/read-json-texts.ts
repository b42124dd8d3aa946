import { firstRead, readChunks } from './read-lines.js';
import { isParquet, readParquet } from './read-parquet.js';
import { createRowPieces } from './row-pieces.js';

/** The JSON text of one row; `place` is its line, or its number in an array, from 1. */
export type JsonText = { readonly place: number; readonly text: string };

/**
 * Streams the rows of a file as text: of JSON lines, of one JSON array of objects (as MetaMathQA is published), or of Parquet. What comes
 * first in the file decides: `[` is an array. Empty lines are left out. An array that ends too early yields what is whole
 * and then its torn rest, which does not parse. Throws `InputError` when the file cannot be read.
 */
export async function* readJsonTexts(file: string): AsyncGenerator<JsonText> {
  for await (const batch of readJsonBatches(file)) yield* batch;
}

/** The same, as many rows at a time as came with one piece of the file: for a million rows, waiting for each one costs. */
export async function* readJsonBatches(file: string): AsyncGenerator<readonly JsonText[]> {
  if (await isParquet(file)) {
    for await (const { place, value } of readParquet(file)) yield [{ place, text: JSON.stringify(value) }];
    return;
  }
  const splitter = (await firstCharacter(file)) === '[' ? createArraySplitter() : createLineSplitter();
  for await (const chunk of readChunks(file)) yield splitter.split(chunk);
  yield splitter.end();
}

async function firstCharacter(file: string): Promise<string> {
  return withoutMark((await firstRead(file, 4096)).toString('utf8'))
    .trimStart()
    .slice(0, 1);
}

type Splitter = { split(chunk: Buffer): JsonText[]; end(): JsonText[] };

/** Splits bytes at `\n` alone, as `readLines` does. */
function createLineSplitter(): Splitter {
  let place = 0;
  const rest = createRowPieces();
  const take = (texts: JsonText[], bytes: string): void => {
    place += 1;
    const text = place === 1 ? withoutMark(bytes) : bytes;
    if (text.length > 2 || text.trim() !== '') texts.push({ place, text });
  };
  const joined = (): string => rest.take().toString('utf8');
  return {
    split: (chunk) => {
      const texts: JsonText[] = [];
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        if (!rest.isEmpty()) {
          rest.push(chunk.subarray(start, end));
          take(texts, joined());
        } else take(texts, chunk.toString('utf8', start, end));
        start = end + 1;
      }
      if (start < chunk.length) rest.push(chunk.subarray(start));
      return texts;
    },
    end: () => {
      const texts: JsonText[] = [];
      if (!rest.isEmpty()) take(texts, joined());
      return texts;
    },
  };
}

/**
 * Splits an array at its objects by counting braces outside of strings. Works on bytes: the array may be one long line. What stands between objects and is no
 * object (`null`, a number, an array) is a text of its own, which is no row; so is the end of a file in which the array has none.
 */
function createArraySplitter(): Splitter {
  let [place, depth, isInString, isEscaped] = [0, 0, false, false];
  // Something else than an object, and how deep its brackets are
  let [isStray, brackets, isOpen] = [false, 0, false];
  const pieces = createRowPieces();
  const joined = (): JsonText => {
    const bytes = pieces.take().toString('utf8');
    const text = isStray ? bytes.trim() : bytes;
    place += 1;
    return { place, text };
  };
  return {
    split: (chunk) => {
      const texts: JsonText[] = [];
      let start = 0;
      const take = (end: number): void => {
        pieces.push(chunk.subarray(start, end));
        texts.push(joined());
      };
      for (let index = 0; index < chunk.length; index++) {
        const byte = chunk[index] ?? 0;
        if (isInString) {
          if (isEscaped) isEscaped = false;
          else if (byte === backslash) isEscaped = true;
          else if (byte === quote) isInString = false;
          continue;
        }
        if (byte === quote) isInString = true;
        if (depth > 0) {
          if (byte === openBrace) depth += 1;
          else if (byte === closeBrace) depth -= 1;
          if (depth === 0 && !isStray) take(index + 1);
        } else if (isStray && brackets === 0 && (byte === comma || byte === closeBracket)) {
          take(index);
          isStray = false;
          if (byte === closeBracket) isOpen = false;
        } else if (isStray) {
          if (byte === openBrace) depth = 1;
          else if (byte === openBracket) brackets += 1;
          else if (byte === closeBracket) brackets -= 1;
        } else if (byte === openBrace) {
          start = index;
          depth = 1;
        } else if (byte === openBracket && !isOpen) isOpen = true;
        else if (byte === closeBracket) isOpen = false;
        else if (byte > space && byte !== comma && !isMark(byte, place, isOpen)) {
          start = index;
          isStray = true;
          brackets = byte === openBracket ? 1 : 0;
        }
      }
      if (depth > 0 || isStray) pieces.push(chunk.subarray(start));
      return texts;
    },
    end: () => {
      if (!pieces.isEmpty()) return [joined()];
      if (!isOpen) return [];
      place += 1;
      return [{ place, text: 'end of the file, where ] is missing' }];
    },
  };
}

/** A byte of the mark in front of a text in UTF-8. */
const isMark = (byte: number, place: number, isOpen: boolean): boolean =>
  place === 0 && !isOpen && (byte === 0xef || byte === 0xbb || byte === 0xbf);

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const [newline, space, quote, comma] = [10, 32, 34, 44];
const [openBracket, backslash, closeBracket, openBrace, closeBrace] = [91, 92, 93, 123, 125];
