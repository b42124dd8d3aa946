import { createReadStream } from 'node:fs';
import { InputError } from '../errors.js';
import type { TableRow } from './read-parquet.js';
import { readFailure } from './storage-failure.js';

/**
 * Streams the rows of a CSV or TSV file with a head line; every value is text. Quoted values may hold commas and line ends. Throws
 * `InputError` where the file cannot be read, or a row has more or fewer values than the head.
 */
export async function* readCsv(file: string): AsyncGenerator<TableRow> {
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
        continue;
      }
      if (cells.length !== head.length) {
        const state = `it has ${cells.length} values where the head names ${head.length}`;
        throw new InputError(`Cannot use ${file}, row ${place - 1}: ${state}; mend the row`, { file, line: place });
      }
      const names = head;
      yield { place: place - 1, value: Object.fromEntries(cells.map((cell, index) => [names[index] ?? '', cell])) };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw readFailure(file, error);
  }
}
