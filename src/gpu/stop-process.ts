import { killTree, listTree } from './process-tree.js';

/**
 * Asks a process to stop (SIGTERM) and ends it and all that it started by force after `graceMs`. The workers of torchrun
 * are asked themselves: torchrun would give them only 30 seconds, too little for a large checkpoint. Returns how to call
 * the force off when the process has ended.
 */
export function stopProcess(
  pid: number,
  { graceMs, workerCommand }: { graceMs: number; workerCommand?: string | undefined },
): { readonly cancel: () => void } {
  const workers = workerCommand === undefined ? [] : workersOf(pid, workerCommand);
  for (const target of workers.length > 0 ? workers : [pid]) {
    try {
      process.kill(target, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
  }
  const timer = setTimeout(() => killTree(pid), graceMs);
  return { cancel: () => clearTimeout(timer) };
}

function workersOf(pid: number, command: string): number[] {
  return listTree(pid)
    .filter((entry) => entry.parent === pid && entry.command.includes(command))
    .map((entry) => entry.pid);
}
