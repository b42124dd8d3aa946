import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export type ListedFile = { readonly path: string; readonly bytes: number };

/** The files below a folder with their sizes, sorted; paths are relative to the folder, with `/`. Hidden ones are left out. */
export async function listFiles(directory: string): Promise<ListedFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  const listed = files.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    return { path: relative(directory, file).split(sep).join('/'), bytes: (await stat(file)).size };
  });
  return (await Promise.all(listed)).sort((left, right) => (left.path < right.path ? -1 : 1));
}
