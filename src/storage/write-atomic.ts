import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { flushFolder } from './flush-folder.js';
import { isProcessAlive } from './living-process.js';
import { storageFailure } from './storage-failure.js';

const temporaryName = /^\..+\.(\d+)\.[0-9a-f]{8}\.tmp$/;

/** Files beside which this process has looked for what killed writers left. */
const swept = new Set<string>();

/**
 * Writes a whole file: to a temporary file in the same directory, flushed, then renamed. A reader sees the old
 * content or the new, never a part. Throws `StorageError`.
 */
export async function writeAtomic(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`);
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

/** Removes the temporary files that killed writers of this file left beside it. */
export async function removeOrphans(file: string): Promise<void> {
  const start = `.${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch((): string[] => [])) {
    if (!name.startsWith(start)) continue;
    const pid = Number(temporaryName.exec(name)?.[1]);
    if (pid > 0 && !isProcessAlive(pid)) await rm(join(dirname(file), name), { force: true }).catch(() => undefined);
  }
}

/** Removes the temporary files that killed writers left in a directory; those of living processes stay. */
export async function removeTemporaryFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = Number(temporaryName.exec(name)?.[1]);
    if (pid > 0 && (pid === process.pid || !isProcessAlive(pid))) await rm(join(directory, name), { force: true });
  }
}
