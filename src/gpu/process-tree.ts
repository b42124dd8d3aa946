import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export type ProcessEntry = { readonly pid: number; readonly parent: number; readonly command: string };

/**
 * A process and all that it has started, directly or not. Synchronous, so that it works while Node exits.
 * `pid` itself comes first.
 */
export function listTree(pid: number): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  const all = listProcesses();
  for (const entry of all) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry]);
  const tree = all.filter((entry) => entry.pid === pid);
  for (const { pid: parent } of tree) tree.push(...(children.get(parent) ?? []));
  return tree;
}

/**
 * Ends a process and all that it has started, at once. The process group alone would not do: torchrun gives each of its
 * workers a session of its own.
 */
export function killTree(pid: number): void {
  const pids = [pid, ...listTree(pid).map((entry) => entry.pid)];
  for (const target of [-pid, ...new Set(pids)]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * Processes in whose environment a variable was set to a value as they began: what is left of a tree whose root was killed, where nothing tells any
 * more who started them. Empty where the system has no /proc.
 */
export function listMarked(variable: string, value: string): number[] {
  if (!existsSync('/proc/self/environ')) return [];
  const mark = `${variable}=${value}`;
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(mark) ? [Number(name)] : [];
    } catch {
      // It has ended, or is somebody else's
      return [];
    }
  });
}

function listProcesses(): ProcessEntry[] {
  if (process.platform === 'win32') return [];
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readEntry(Number(name)) : []));
  } catch {
    // No /proc: macOS.
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return lines.split('\n').flatMap((line) => {
      const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
  }
}

function readEntry(pid: number): ProcessEntry[] {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name that may hold spaces and brackets.
    const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [{ pid, parent, command }];
  } catch {
    return [];
  }
}
