import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '../errors.js';
import { isProcessAlive, processStart } from './living-process.js';
import { makeDirectory } from './make-directory.js';
import { errorCode, storageFailure } from './storage-failure.js';
import { writeAtomic } from './write-atomic.js';

export type DirectoryLock = { release(): Promise<void> };

/** What a lock file holds. `start` tells a process from a later one with the same number. */
type Holder = { readonly pid: number; readonly host: string; readonly start: string };

const lockName = /^\.lock\.\d+\.[0-9a-f]{8}$/;

/** Two processes that start at the same moment both step back; this many tries make it unlikely that both give up. */
const attempts = 5;

/**
 * Makes a directory this process's own until `release`, making the directory first where it is absent. A lock whose
 * process is gone (killed, machine restarted) is removed at once. Throws `StorageError` with the holder's process
 * number when it lives.
 *
 * Each process writes a lock file of its own name, then looks for others: of two that overlap, at least one sees the
 * other and steps back, and a dead one's file can be removed by anybody without ever hitting a living one's.
 *
 * Own code, not proper-lockfile: that one tells a stale lock by the age of a heartbeat (ten seconds of waiting after
 * each SIGKILL, and a busy event loop looks dead), cannot name the holder, and has had no release since 2021.
 */
export async function lockDirectory({ directory }: { directory: string }): Promise<DirectoryLock> {
  const own: Holder = { pid: process.pid, host: hostname(), start: processStart(process.pid) };
  try {
    await makeDirectory(directory);
    for (let attempt = 1; ; attempt += 1) {
      const file = join(directory, `.lock.${own.pid}.${randomUUID().slice(0, 8)}`);
      await writeAtomic(file, JSON.stringify(own));
      const other = await findOther(directory, file, own);
      if (other === undefined) return { release: () => rm(file, { force: true }) };
      await rm(file, { force: true });
      if (attempt === attempts) throw refusal(directory, other, own);
      await sleep(Math.random() * 20 * attempt);
    }
  } catch (error) {
    throw storageFailure(`open ${directory}`, error);
  }
}

type Found = { readonly file: string; readonly holder: Holder };

/** Another living process's lock; those of dead ones are removed on the way. */
async function findOther(directory: string, ownFile: string, own: Holder): Promise<Found | undefined> {
  let found: Found | undefined;
  for (const name of await readdir(directory)) {
    const file = join(directory, name);
    if (!lockName.test(name) || file === ownFile) continue;
    const holder = await readHolder(file);
    if (holder === 'released') continue;
    if (holder !== undefined && isHeld(holder, own)) found ??= { file, holder };
    else await rm(file, { force: true });
  }
  return found;
}

async function readHolder(file: string): Promise<Holder | 'released' | undefined> {
  try {
    const { pid, host, start } = JSON.parse(await readFile(file, 'utf8'));
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, host, start: String(start) } : undefined;
  } catch (error) {
    // A lock is renamed into place whole; one that does not parse was torn by a power cut.
    return errorCode(error) === 'ENOENT' ? 'released' : undefined;
  }
}

function isHeld(holder: Holder, own: Holder): boolean {
  // Nobody can look at the processes of another machine: its lock stands until its owner or the user removes it.
  if (holder.host !== own.host) return true;
  return isProcessAlive(holder.pid) && processStart(holder.pid) === holder.start;
}

function refusal(directory: string, { file, holder: { pid, host } }: Found, own: Holder): StorageError {
  if (host !== own.host) {
    return new StorageError(
      `Cannot open ${directory}: process ${pid} on the machine ${host} holds it; wait for it, or delete ${file} if it is gone`,
    );
  }
  const [state, wayOut] =
    pid === own.pid
      ? [`this process (${pid}) has it open already`, 'close the earlier run first']
      : [`it is locked by the living process ${pid}`, 'wait for it to end, or stop it'];
  return new StorageError(`Cannot open ${directory}: ${state}; ${wayOut}, or choose another directory`);
}
