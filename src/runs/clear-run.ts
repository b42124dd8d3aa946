import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDirectory } from '../storage/lock-directory.js';

/**
 * Empties a run directory, so that its stages start from the beginning; there need not be one. Throws `StorageError` when
 * a living process works in it.
 */
export async function clearRun(directory: string): Promise<void> {
  const lock = await lockDirectory({ directory });
  try {
    for (const name of await readdir(directory)) {
      if (!name.startsWith('.lock.')) await rm(join(directory, name), { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
}
