import { createHash } from 'node:crypto';
import { openAtomicWriter } from '../storage/open-atomic-writer.js';

/** A file of rows that nobody trains on, beside the one that is trained on. */
export type TestSplit = { readonly file: string; readonly rows: number };

/** `sft.jsonl` to `sft.test.jsonl`. */
export const testFileOf = (file: string): string => file.replace(/(?:\.jsonl)?$/, '.test.jsonl');

/**
 * Streams rows to JSONL files that are whole or as they were before: to one, or with a share to two, the second for tests. All rows of a
 * problem are on one side, which its text alone decides, so that a longer set moves none of them. Throws `StorageError`, and what `rows` throws.
 */
export async function writeSplit({
  file,
  rows,
  testShare = 0,
}: {
  file: string;
  rows: AsyncIterable<{ readonly row: object; readonly problem: string }>;
  /** Of the problems, 0 to below 1. */
  testShare?: number | undefined;
}): Promise<{ readonly rows: number; readonly test: TestSplit | undefined }> {
  const [train, test] = [
    await openAtomicWriter(file),
    testShare > 0 ? await openAtomicWriter(testFileOf(file)) : undefined,
  ];
  const counts = { train: 0, test: 0 };
  try {
    for await (const { row, problem } of rows) {
      const isTest = test !== undefined && placeOf(problem) < testShare;
      counts[isTest ? 'test' : 'train'] += 1;
      const written = (isTest ? test : train).write(`${JSON.stringify(row)}\n`);
      if (written !== undefined) await written;
    }
    await test?.commit();
    await train.commit();
    return { rows: counts.train, test: test && { file: testFileOf(file), rows: counts.test } };
  } finally {
    await train.abort();
    await test?.abort();
  }
}

/** Where a problem lies between 0 and 1, whatever else is in the set. */
function placeOf(problem: string): number {
  const hash = createHash('sha256').update(problem.replace(/\s+/g, ' ').trim()).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}
