import { openAtomicWriter } from './open-atomic-writer.js';

/**
 * Streams rows to a JSONL file that is whole or as it was before. Memory does not grow with the rows. Returns how many
 * were written. Throws `StorageError`, and what `rows` throws.
 */
export async function writeJsonl({
  file,
  rows,
}: {
  file: string;
  rows: Iterable<object> | AsyncIterable<object>;
}): Promise<number> {
  const writer = await openAtomicWriter(file);
  try {
    let count = 0;
    for await (const row of rows) {
      count += 1;
      const written = writer.write(`${JSON.stringify(row)}\n`);
      if (written !== undefined) await written;
    }
    await writer.commit();
    return count;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
