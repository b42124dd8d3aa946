import { readFileSync } from 'node:fs';
import { errorCode } from './storage-failure.js';

/** Whether a process of this machine runs. One that has ended and waits to be collected by its parent does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  return statusFields(pid)?.[0] !== 'Z';
}

/**
 * Something that tells a process from a later one with the same number: boot id and start tick on Linux, '' on
 * systems that do not tell without starting another program.
 */
export function processStart(pid: number): string {
  const startTick = statusFields(pid)?.[19];
  if (startTick === undefined) return '';
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTick}`;
  } catch {
    return '';
  }
}

/** The fields of /proc/PID/stat from the third (state) on; the second is a name that may hold spaces and brackets. */
function statusFields(pid: number): readonly string[] | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
