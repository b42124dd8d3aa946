import { openAtomicWriter } from './open-atomic-writer.js';

/**
 * Writes the bytes of `JSON.stringify(rows, null, 2)` and a line end, row by row: as one string, the seven solutions each of 44,000
 * problems are longer than a string may be. The file is whole or as it was before. Throws `StorageError`.
 */
export async function writeJsonArray({ file, rows }: { file: string; rows: Iterable<object> }): Promise<void> {
  const writer = await openAtomicWriter(file);
  try {
    let before = '[\n  ';
    for (const row of rows) {
      // Line ends inside of a text are escaped, so that these are all of the layout
      const text = JSON.stringify(row, null, 2).replaceAll('\n', '\n  ');
      const written = writer.write(`${before}${text}`);
      if (written !== undefined) await written;
      before = ',\n  ';
    }
    await writer.write(before.startsWith('[') ? '[]\n' : '\n]\n');
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
