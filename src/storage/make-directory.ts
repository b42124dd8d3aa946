import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './storage-failure.js';

/**
 * Makes a directory and those above it, where they are absent. Own code, because `mkdir` with `recursive` never returns
 * where the system answers ENOENT although the parent is there (Node 20 under /proc).
 */
export function makeDirectory(directory: string): Promise<void> {
  return make(directory, { isSecondTry: false });
}

async function make(directory: string, { isSecondTry }: { isSecondTry: boolean }): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const parent = dirname(directory);
    if (await isDirectory(directory)) return;
    // The parent may have been made by somebody else since: only the second answer is final
    if (errorCode(error) !== 'ENOENT' || parent === directory || isSecondTry) throw error;
    if (!(await isDirectory(parent))) await makeDirectory(parent);
    await make(directory, { isSecondTry: true });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
