import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isProcessAlive } from './living-process.js';

it.runIf(process.platform === 'linux')(
  'a process that ended and waits to be collected does not live, as in python-gpu/tests/test_whole_file.py',
  async () => {
    // The child of a program that never asks for it; it ends when the shell, which might, has long become that program
    const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [told] = await once(parent.stdout, 'data');
      const child = Number(String(told));
      await expect.poll(() => isProcessAlive(child), { timeout: 10_000 }).toBe(false);
      // It is still in the table of processes
      expect(() => process.kill(child, 0)).not.toThrow();
      expect(isProcessAlive(process.pid)).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
  },
);
