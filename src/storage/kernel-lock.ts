import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './storage-failure.js';

/** The kernel's lock on a directory, or why this process has none. `held`: another process has it. `unsupported`: neither this system nor this disk knows such locks, and nothing is known. */
export type KernelLock = { release(): Promise<void> } | 'held' | 'unsupported';

export const kernelLockName = '.lock';

/** A release in this very moment is waited for so long, in milliseconds. */
const patienceMs = 60;

/**
 * Asks the kernel for the lock on `.lock` in a directory (`F_OFD_SETLK` on Linux, `flock` on macOS, `LockFileEx` on Windows). It goes with the
 * process that holds it, however that ends, and is seen by every process of the same kernel: in other containers too, where process
 * numbers say nothing. python-gpu/mathpie_gpu/run/lock.py asks for the same one.
 */
export async function lockByKernel(directory: string): Promise<KernelLock> {
  const tryLock = loadTryLock();
  if (tryLock === undefined) return 'unsupported';
  const file = join(directory, kernelLockName);
  const until = performance.now() + patienceMs;
  for (;;) {
    const handle = await open(file, 'a+');
    const isGranted = ask(tryLock, handle);
    if (isGranted === true && (await isStillThere(handle, file))) return { release: () => release(handle, file) };
    await handle.close();
    if (isGranted === undefined) return 'unsupported';
    if (isGranted === false) {
      if (performance.now() > until) return 'held';
      await sleep(10);
    }
  }
}

/** Undefined where the disk has no locks. */
function ask(tryLock: TryLock, handle: FileHandle): boolean | undefined {
  try {
    return tryLock(handle.fd);
  } catch {
    return undefined;
  }
}

/** Whoever released it has removed the file, and another one may stand in its place. */
async function isStillThere(handle: FileHandle, file: string): Promise<boolean> {
  const [own, there] = [await handle.stat(), await stat(file).catch(() => undefined)];
  return there !== undefined && own.ino === there.ino && own.dev === there.dev;
}

async function release(handle: FileHandle, file: string): Promise<void> {
  // Removed while it is held, so that nobody's lock is on a file without a name
  await rm(file, { force: true }).catch((error: unknown) => {
    if (errorCode(error) === undefined) throw error;
  });
  await handle.close();
}

type TryLock = (fd: number) => boolean;
let loaded: TryLock | null | undefined;

function loadTryLock(): TryLock | undefined {
  if (loaded === undefined) {
    try {
      loaded = createRequire(import.meta.url)('fs-native-extensions').tryLock as TryLock;
    } catch {
      // No binary for this platform
      loaded = null;
    }
  }
  return loaded ?? undefined;
}
