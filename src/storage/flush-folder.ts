import { open } from 'node:fs/promises';

/**
 * Returns when the names in a folder are on the disk: a rename is nothing that a power cut could undo any more. Where a system opens no folders
 * (Windows), or a network disk does not flush them, it keeps its own time.
 */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
