import { createReadStream } from 'node:fs';
import { InputError } from '../errors.js';
import type { TableRow } from './read-parquet.js';
import { readFailure } from './storage-failure.js';

/**
 * Streams the rows of a CSV or TSV file with a head line; every value is text. Quoted values may hold commas and line ends. A row with more or fewer
 * values than the head is why it is none, in a few words. Throws `InputError` where the file cannot be read, or its head names a column twice.
 */
export async function* readCsv(
  file: string,
): AsyncGenerator<TableRow | { readonly place: number; readonly value: string }> {
  const { default: Papa } = await import('papaparse');
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { header: false, skipEmptyLines: true });
  const source = createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let head: readonly string[] | undefined;
  let place = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      place += 1;
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
