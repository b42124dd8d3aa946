import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from './flush-folder.js';
import { storageFailure } from './storage-failure.js';
import { removeOrphans, temporaryBeside } from './temporary-file.js';

/** Files beside which this process has looked for what killed writers left. */
const swept = new Set<string>();

/**
 * Writes a whole file: to a temporary file in the same directory, flushed, then renamed. A reader sees the old
 * content or the new, never a part. Throws `StorageError`.
 */
export async function writeAtomic(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    if (!swept.has(file)) await removeOrphans(file);
    swept.add(file);
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await flushFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageFailure(`write ${file}`, error);
  }
}
