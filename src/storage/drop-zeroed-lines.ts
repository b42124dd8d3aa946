import { stat } from 'node:fs/promises';
import { openAtomicWriter } from './open-atomic-writer.js';
import { readChunks, readLines } from './read-lines.js';

/**
 * Takes the lines with a zero byte out of a file of JSON lines, which never hold one: a power cut leaves zeros where bytes had not reached the
 * disk, be it in the middle. Returns whether there were any. An absent file, or one that is none (a device), is left alone.
 */
export async function dropZeroedLines(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => undefined);
  if (status === undefined || !status.isFile() || !(await hasZero(file))) return false;
  const writer = await openAtomicWriter(file);
  try {
    for await (const { text, ended } of readLines(file)) {
      if (ended && !text.includes('\0')) await writer.write(`${text}\n`);
    }
    await writer.commit();
  } finally {
    await writer.abort();
  }
  return true;
}

async function hasZero(file: string): Promise<boolean> {
  for await (const chunk of readChunks(file)) if (chunk.includes(0)) return true;
  return false;
}
