import { existsSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdLock } from './hold-lock.mjs';

const newLock = () => path.join(mkdtempSync(path.join(tmpdir(), 'mathpie-lock-')), 'lock');
const silent = { write: () => {} };

describe('holdLock(file, work)', () => {
  it('lets one work at a time and gives the lock back, also after an error', async () => {
    const file = newLock();
    const order = [];
    const work = (name) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
      if (name === 'first') throw new Error('first failed');
    };
    const first = holdLock(file, work('first'), silent).catch(({ message }) => order.push(message));
    await Promise.all([first, holdLock(file, work('second'), silent)]);
    expect(order).toEqual(['first begins', 'first ends', 'first failed', 'second begins', 'second ends']);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the lock of a process that is gone', async () => {
    const file = newLock();
    writeFileSync(file, '999999999');
    expect(await holdLock(file, async () => 'done', silent)).toBe('done');
  });

  it('takes over a lock that was never finished', async () => {
    const file = newLock();
    writeFileSync(file, '');
    utimesSync(file, new Date(0), new Date(0));
    expect(await holdLock(file, async () => 'done', silent)).toBe('done');
  });
});
