import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '../errors.js';
import { lockByKernel } from './kernel-lock.js';
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

/** A lock is touched so often; one of another machine that was not for so long is that of a machine that is gone. In milliseconds. */
const [heartbeatMs, silenceMs] = [20_000, 600_000];

/**
 * Makes a directory this process's own until `release`, making the directory first where it is absent. A lock whose
 * process is gone (killed, machine restarted) is removed at once. Throws `StorageError` with the holder's process
 * number when it lives.
 *
 * Two things hold it. The kernel's lock on `.lock` (`lockByKernel`) is seen by all processes of the machine, those in other containers included. Beside
 * it each process writes a lock file of its own name, which says who holds the directory and is touched every 20 seconds, then looks for
 * others: of two that overlap, at least one sees the other and steps back. That is what counts between machines, and where a disk has no locks. The lock
 * file of another machine that has been silent for ten minutes is removed.
 */
export async function lockDirectory({ directory }: { directory: string }): Promise<DirectoryLock> {
  const own: Holder = { pid: process.pid, host: hostname(), start: processStart(process.pid) };
  try {
    await makeDirectory(directory);
    const kernel = await lockByKernel(directory);
    if (kernel === 'held') throw refusal(directory, await findAny(directory), own);
    const hasKernel = kernel !== 'unsupported';
    try {
      const file = await writeOwnFile(directory, own, { hasKernel });
      const heartbeat = setInterval(() => touch(file).catch(() => undefined), heartbeatMs).unref();
      return {
        release: async () => {
          clearInterval(heartbeat);
          await rm(file, { force: true });
          if (hasKernel) await kernel.release();
        },
      };
    } catch (error) {
      if (hasKernel) await kernel.release();
      throw error;
    }
  } catch (error) {
    throw storageFailure(`open ${directory}`, error);
  }
}

async function writeOwnFile(directory: string, own: Holder, { hasKernel }: { hasKernel: boolean }): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const file = join(directory, `.lock.${own.pid}.${randomUUID().slice(0, 8)}`);
    await writeAtomic(file, JSON.stringify(own));
    const other = await findOther(directory, file, { own, hasKernel });
    if (other === undefined) return file;
    await rm(file, { force: true });
    if (attempt === attempts) throw refusal(directory, other, own);
    await sleep(Math.random() * 20 * attempt);
  }
}

const touch = (file: string): Promise<void> => utimes(file, new Date(), new Date());

type Found = { readonly file: string; readonly holder: Holder };

/** Another living process's lock; those of dead ones are removed on the way. */
async function findOther(
  directory: string,
  ownFile: string,
  { own, hasKernel }: { own: Holder; hasKernel: boolean },
): Promise<Found | undefined> {
  let found: Found | undefined;
  // By the clock of the disk, which is the same for both
  const { mtimeMs: nowMs } = await stat(ownFile);
  for (const name of await readdir(directory)) {
    const file = join(directory, name);
    if (!lockName.test(name) || file === ownFile) continue;
    const holder = await readHolder(file);
    if (holder === 'released') continue;
    const silentMs = nowMs - ((await stat(file).catch(() => undefined))?.mtimeMs ?? nowMs);
    if (holder !== undefined && isHeld(holder, { own, hasKernel, silentMs })) found ??= { file, holder };
    else await rm(file, { force: true });
  }
  return found;
}

/** Who holds the kernel's lock, as far as a file says so. */
async function findAny(directory: string): Promise<Found | undefined> {
  for (const name of await readdir(directory)) {
    const file = join(directory, name);
    const holder = lockName.test(name) ? await readHolder(file) : undefined;
    if (holder !== undefined && holder !== 'released') return { file, holder };
  }
  return undefined;
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

function isHeld(
  holder: Holder,
  { own, hasKernel, silentMs }: { own: Holder; hasKernel: boolean; silentMs: number },
): boolean {
  const isSameKernel = kernelOf(holder) !== '' && kernelOf(holder) === kernelOf(own);
  // A container has a host name and process numbers of its own; who runs on this kernel would have its lock
  if (hasKernel && isSameKernel && holder.host !== own.host) return false;
  // Nobody can look at the processes of another machine
  if (holder.host !== own.host) return silentMs < silenceMs;
  return isProcessAlive(holder.pid) && processStart(holder.pid) === holder.start;
}

/** The boot id, where the system tells one. */
const kernelOf = ({ start }: Holder): string => start.split('/')[0] ?? '';

function refusal(directory: string, found: Found | undefined, own: Holder): StorageError {
  if (found === undefined) {
    return new StorageError(
      `Cannot open ${directory}: another process holds it; wait for it to end, or choose another directory`,
    );
  }
  const { file, holder } = found;
  const { pid, host } = holder;
  if (host !== own.host) {
    const isNear = kernelOf(holder) !== '' && kernelOf(holder) === kernelOf(own);
    const where = isNear ? `in the container ${host}` : `on the machine ${host}`;
    const wayOut = isNear ? 'wait for it to end, or stop it' : `wait for it, or delete ${file} if it is gone`;
    return new StorageError(`Cannot open ${directory}: process ${pid} ${where} holds it; ${wayOut}`);
  }
  const isOwn = pid === own.pid && holder.start === own.start;
  const isSeen = isProcessAlive(pid) && processStart(pid) === holder.start;
  // In a container with this one's host name, and with numbers of its own
  if (!isOwn && !isSeen) {
    return new StorageError(
      `Cannot open ${directory}: process ${pid} in another container holds it; wait for it to end, or stop it`,
    );
  }
  const [state, wayOut] = isOwn
    ? [`this process (${pid}) has it open already`, 'close the earlier run first']
    : [`it is locked by the living process ${pid}`, 'wait for it to end, or stop it'];
  return new StorageError(`Cannot open ${directory}: ${state}; ${wayOut}, or choose another directory`);
}
