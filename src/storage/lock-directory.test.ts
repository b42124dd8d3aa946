import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { processStart } from './living-process.js';
import { lockDirectory } from './lock-directory.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-lock-'));
const directory = join(root, 'deep', 'run');
/** The lock file of another process. */
const file = join(directory, '.lock.7.0123abcd');
const locks = () => readdirSync(directory).filter((name) => name.startsWith('.lock.'));
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await (await lockDirectory({ directory })).release();
});

describe('lockDirectory()', () => {
  it('makes the directory, holds the lock, and leaves nothing after release', async () => {
    const lock = await lockDirectory({ directory });
    expect(locks()).toEqual([expect.stringMatching(`^\\.lock\\.${process.pid}\\.`)]);
    await lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('refuses the process that holds it already', async () => {
    const lock = await lockDirectory({ directory });
    await expect(lockDirectory({ directory })).rejects.toThrow(
      new StorageError(
        `Cannot open ${directory}: this process (${process.pid}) has it open already; close the earlier run first, or choose another directory`,
      ),
    );
    await lock.release();
  });

  it('names the living process that holds it, and takes over when that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const { pid = 0 } = child;
    writeFileSync(file, JSON.stringify({ pid, host: hostname(), start: processStart(pid) }));
    await expect(lockDirectory({ directory })).rejects.toThrow(`it is locked by the living process ${pid}; wait`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await lockDirectory({ directory })).release();
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['of a process that is gone', { pid: 99_999_999, host: hostname(), start: '' }],
    ['of an earlier process with a number now in use', { pid: process.ppid, host: hostname(), start: 'earlier/1' }],
    ['that is no JSON', 'torn'],
    ['that is empty', ''],
  ])('takes over a lock %s', async (_, content) => {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    const lock = await lockDirectory({ directory });
    expect(existsSync(file)).toBe(false);
    expect(locks()).toHaveLength(1);
    await lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leaves a lock of another machine alone and says which file to delete', async () => {
    writeFileSync(file, JSON.stringify({ pid: 7, host: 'elsewhere', start: '' }));
    await expect(lockDirectory({ directory })).rejects.toThrow(
      `Cannot open ${directory}: process 7 on the machine elsewhere holds it; wait for it, or delete ${file} if it is gone`,
    );
  });

  it('removes the lock of another machine that has been silent for ten minutes', async () => {
    writeFileSync(file, JSON.stringify({ pid: 7, host: 'elsewhere', start: '' }));
    const before = new Date(Date.now() - 601_000);
    utimesSync(file, before, before);
    await (await lockDirectory({ directory })).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('takes over from a container of this machine that is gone', async () => {
    const start = processStart(process.pid).replace(/\d+$/, '1');
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: 'container', start }));
    await (await lockDirectory({ directory })).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'refuses while a process of another container has the kernel’s lock',
    async () => {
      const script =
        "const { openSync } = require('fs'); require('fs-native-extensions').tryLock(openSync(process.argv[1], 'a+')); console.log('held'); setInterval(() => {}, 1000)";
      const child = spawn(process.execPath, ['-e', script, join(directory, '.lock')], { cwd: packagePath('.') });
      await once(child.stdout, 'data');
      const start = processStart(process.pid).replace(/\d+$/, '1');
      writeFileSync(file, JSON.stringify({ pid: 7, host: 'container', start }));
      await expect(lockDirectory({ directory })).rejects.toThrow(
        `Cannot open ${directory}: process 7 in the container container holds it; wait for it to end, or stop it`,
      );
      // Nothing of a living one is removed
      expect(existsSync(file)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await (await lockDirectory({ directory })).release();
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('never gives the lock to two of many takers', async () => {
    writeFileSync(file, JSON.stringify({ pid: 99_999_999, host: hostname(), start: '' }));
    const takers = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory({ directory })));
    const holders = takers.filter(({ status }) => status === 'fulfilled');
    expect(holders.length).toBeLessThanOrEqual(1);
    expect(locks()).toHaveLength(holders.length);
  });

  it('throws StorageError where no directory can be made', async () => {
    await expect(lockDirectory({ directory: join(process.execPath, 'run') })).rejects.toThrow(
      /^Cannot open .*: a part of the path is a file; choose another path$/,
    );
  });
});
