import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './storage-failure.js';

/**
 * Makes a directory and those above it, where they are absent. Own code, because `mkdir` with `recursive` never returns
 * where the system answers ENOENT although the parent is there (Node 20 under /proc).
 */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const parent = dirname(directory);
    if (await isDirectory(directory)) return;
    if (errorCode(error) !== 'ENOENT' || parent === directory || (await isDirectory(parent))) throw error;
    await makeDirectory(parent);
    await makeDirectory(directory);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
