import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Bytes of all files below a folder; links are not followed. */
export function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}

export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
