import { open, stat } from 'node:fs/promises';
import { InputError } from '../errors.js';
import { readFailure } from './storage-failure.js';

/** A row of a table as a plain object; `place` is its number in the file, from 1. */
export type TableRow = { readonly place: number; readonly value: { readonly [column: string]: unknown } };

/** Rows decoded at once of flat columns: a group of rows may be the whole file. Of lists and structures a group is decoded whole whatever is asked. */
const rowsAtOnce = 10_000;

/**
 * Streams the rows of a Parquet file as plain JSON values: whole numbers beyond 2^53 as text, dates in ISO 8601, bytes as UTF-8. Reads
 * snappy, gzip, zstd, brotli and LZ4. Throws `InputError` where the file cannot be read or is damaged.
 */
export async function* readParquet(file: string): AsyncGenerator<TableRow> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const release = takeStrayRejections();
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const isFlat = metadata.schema
      .slice(1)
      .every(({ num_children, repetition_type }) => !num_children && repetition_type !== 'REPEATED');
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      const atOnce = isFlat ? rowsAtOnce : Number(group.num_rows);
      for (let from = start; from < end; from += atOnce) {
        const rows = await parquetReadObjects({
          file: buffer,
          metadata,
          compressors,
          rowStart: from,
          rowEnd: Math.min(end, from + atOnce),
        });
        if (rows.length === 0)
          throw new Error(`it says that it holds ${group.num_rows} rows, and holds ${from - start}`);
        for (const [index, row] of rows.entries()) {
          yield { place: from + index + 1, value: toPlain(row) as TableRow['value'] };
        }
      }
      start = end;
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).errno !== undefined) throw readFailure(file, cause);
    const said = cause instanceof Error ? cause.message.replace(/\s+/g, ' ').slice(0, 120) : String(cause);
    throw new InputError(`Cannot read ${file} as Parquet: ${said}; write it again, or give the rows as JSON lines`, {
      file,
      cause,
    });
  } finally {
    release();
  }
}

/**
 * Of a damaged file several columns fail, and the library waits for the first alone: the failures of the others are nobody's, and would end the
 * process. Those of anything else still do.
 */
function takeStrayRejections(): () => void {
  const take = (reason: unknown): void => {
    if (!(reason instanceof Error && /[\\/]hyparquet/.test(reason.stack ?? ''))) throw reason;
  };
  process.on('unhandledRejection', take);
  // They are told of after all that has been waiting in this turn
  return () => setImmediate(() => process.off('unhandledRejection', take));
}

/** Whether a file begins as Parquet does; a pipe, which could not be read again, is none. Throws `InputError` when it cannot be read. */
export async function isParquet(file: string): Promise<boolean> {
  const found = await stat(file).catch((error: unknown) => {
    throw readFailure(file, error);
  });
  return found.isFile() && (await firstBytes(file, 4)).toString('latin1') === 'PAR1';
}

/** The first bytes of a file, fewer where it is shorter. */
export async function firstBytes(file: string, count: number): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(toPlain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, toPlain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}
