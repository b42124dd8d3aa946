import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { InputError } from '../errors.js';
import { problemPath } from '../everyday-files.js';
import { named } from '../name-setting.js';
import { isPocketSource } from '../problems/pocket-source.js';
import { hashFile } from '../storage/hash-file.js';
import type { Link } from './link.js';
import type { Setting } from './setting.js';

/** Checksums of the files and folders that the settings of a step name, by the setting; what is not there is left out. */
export async function hashReadFiles({
  step,
  asked,
}: Pick<Link, 'step' | 'asked'>): Promise<{ readonly [setting: string]: string }> {
  const entries: (readonly [string, string])[] = [];
  for (const [setting, paths] of namedFiles({ step, asked })) {
    const hashes = await Promise.all(paths.filter((path) => existsSync(path)).map(hashPath));
    if (hashes.length > 0) entries.push([setting, hashes.join(' ')]);
  }
  return Object.fromEntries(entries);
}

/**
 * Refuses what is not there before anything is asked: a step at the end of a recipe would find it out when all is paid for. What lies in
 * the run directory may be made by a step before. Throws `InputError`.
 */
export function requireReadFiles({ step, asked }: Pick<Link, 'step' | 'asked'>, { root }: { root: string }): void {
  for (const [setting, paths] of namedFiles({ step, asked })) {
    const missing = paths.find((path) => !existsSync(path) && !resolve(path).startsWith(resolve(root) + sep));
    if (missing !== undefined) {
      throw new InputError(`Cannot read ${missing}: no such file; check the path of ${named(setting)}`, {
        file: missing,
      });
    }
  }
}

function namedFiles({ step, asked }: Pick<Link, 'step' | 'asked'>): readonly (readonly [string, readonly string[]])[] {
  return Object.entries<Setting<unknown>>(step.settings).flatMap(([setting, { isRead = false }]) => {
    const given: unknown = asked[setting];
    const paths = [given]
      .flat()
      .filter((path): path is string => typeof path === 'string' && !isPocketSource(path))
      .map(problemPath);
    return isRead && paths.length > 0 ? [[setting, paths] as const] : [];
  });
}

async function hashPath(path: string): Promise<string> {
  if ((await stat(path)).isFile()) return hashFile(path);
  const entries = await readdir(path, { withFileTypes: true });
  // Links could lead round in a circle
  const own = entries.filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()));
  const names = own.map(({ name }) => name);
  return (await Promise.all(names.sort().map(async (name) => `${name}=${await hashPath(join(path, name))}`))).join(',');
}
