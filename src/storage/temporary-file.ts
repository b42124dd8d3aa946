import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from './living-process.js';

const name = /^\..+\.(\d+)\.([0-9a-f]{4})?[0-9a-f]{8}\.tmp$/;

/** What no process of this machine is known to write, and was not touched for so long, is nobody's. In milliseconds. */
const silenceMs = 600_000;

/** A name beside `file` to write it under first. It tells which process does, and where that process can be looked up. */
export function temporaryBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.${place()}${randomUUID().slice(0, 8)}.tmp`);
}

/** Removes the temporary files that killed writers of this file left beside it. */
export async function removeOrphans(file: string): Promise<void> {
  const start = `.${basename(file)}.`;
  await removeWhere(dirname(file), (found) => found.startsWith(start) && pidOf(found) !== process.pid);
}

/** Removes the temporary files that killed writers left in a directory which this process holds; those of living processes stay. */
export async function removeTemporaryFiles(directory: string): Promise<void> {
  await removeWhere(directory, () => true);
}

async function removeWhere(directory: string, isMeant: (name: string) => boolean): Promise<void> {
  for (const found of await readdir(directory).catch((): string[] => [])) {
    if (!isMeant(found) || !name.test(found)) continue;
    const file = join(directory, found);
    if (await isOrphan(file)) await rm(file, { force: true }).catch(() => undefined);
  }
}

/** A process of another container or machine cannot be looked up: its silence decides. */
async function isOrphan(file: string): Promise<boolean> {
  const pid = pidOf(basename(file));
  if (name.exec(basename(file))?.[2] === place()) return pid === process.pid || !isProcessAlive(pid);
  const touchedMs = (await stat(file).catch(() => undefined))?.mtimeMs;
  return touchedMs !== undefined && Date.now() - touchedMs > silenceMs;
}

const pidOf = (found: string): number => Number(name.exec(found)?.[1]);

/**
 * Four hex digits of where process numbers are those of this process: the machine since it was started, and the container. Each of the two
 * falls back for itself; python-gpu/mathpie_gpu/run/whole_file.py reckons the same.
 */
export function processPlace(bootFile = '/proc/sys/kernel/random/boot_id', spaceLink = '/proc/self/ns/pid'): string {
  return createHash('sha256')
    .update(`${bootId(bootFile)} ${processSpace(spaceLink)}`)
    .digest('hex')
    .slice(0, 4);
}

function place(): string {
  cached ??= processPlace();
  return cached;
}

let cached: string | undefined;

function bootId(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return hostname();
  }
}

function processSpace(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
