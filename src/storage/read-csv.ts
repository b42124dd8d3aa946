import { createReadStream } from 'node:fs';
import { InputError } from '../errors.js';
import type { TableRow } from './read-parquet.js';
import { readFailure } from './storage-failure.js';

/** The longest row that is read, in bytes: what is not ended yet is looked through again with each piece of the file. */
const longestRow = 8 * 2 ** 20;

/**
 * Streams the rows of a CSV or TSV file with a head line; every value is text. Quoted values may hold commas and line ends. A row with more or fewer
 * values than the head is why it is none, in a few words. Throws `InputError` where the file cannot be read, its head names a column twice, or a
 * row does not end, as where a quote is never closed.
 */
export async function* readCsv(
  file: string,
  { longest = longestRow }: { readonly longest?: number } = {},
): AsyncGenerator<TableRow | { readonly place: number; readonly value: string }> {
  const { default: Papa } = await import('papaparse');
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { header: false, skipEmptyLines: true });
  const source = createReadStream(file, { encoding: 'utf8', highWaterMark: 64 * 1024 });
  source.on('error', (error) => parser.destroy(error));
  let head: readonly string[] | undefined;
  let [place, sinceRow] = [0, 0];
  source.on('data', (piece) => {
    sinceRow += Buffer.byteLength(piece);
    if (sinceRow <= longest) return;
    const [where, size] = [place === 0 ? 'head' : `row ${place}`, Math.round(longest / 1e6)];
    const state = `its ${where} is longer than ${size} MB; close the quote that begins there`;
    source.destroy();
    parser.destroy(new InputError(`Cannot read ${file}: ${state}`, { file }));
  });
  source.pipe(parser);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      place += 1;
      sinceRow = 0;
      if (head === undefined) {
        head = cells.map((name, index) => (index === 0 ? name.replace(/^\uFEFF/, '') : name).trim());
        const twice = head.find((name, index) => name !== '' && head?.indexOf(name) !== index);
        if (twice === undefined) continue;
        throw new InputError(`Cannot read ${file}: its head names "${twice}" twice; rename one of the columns`, {
          file,
        });
      }
      if (cells.length !== head.length) {
        yield { place: place - 1, value: `it has ${cells.length} values where the head names ${head.length}` };
        continue;
      }
      const names = head;
      yield { place: place - 1, value: Object.fromEntries(cells.map((cell, index) => [names[index] ?? '', cell])) };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw readFailure(file, error);
  }
}
