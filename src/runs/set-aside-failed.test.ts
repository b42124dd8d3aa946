import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../errors.js';
import { lockDirectory } from '../storage/lock-directory.js';
import { countAttempts, setAsideFailed } from './set-aside-failed.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'set-aside-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const record = (id: string, status: 'done' | 'failed', more: object = {}) =>
  JSON.stringify({ id, stage: 'fobar', input: `item-${id}`, sample: 0, status, finishReason: 'stop', ...more });
const file = (name: string) => join(directory, name);
const read = (name: string) => readFileSync(file(name), 'utf8');
const write = (...lines: string[]) => writeFileSync(file('records.jsonl'), `${lines.join('\n')}\n`);
const setAside = () => setAsideFailed(directory, { stages: ['fobar'] });

describe('setAsideFailed()', () => {
  it('moves the failed records of the named stages and leaves the others as they are', async () => {
    const [done, failed, other] = [
      record('a', 'done'),
      record('b', 'failed'),
      record('c', 'failed', { stage: 'judge' }),
    ];
    write(done, failed, other);
    expect(await setAside()).toBe(1);
    expect(read('records.jsonl')).toBe(`${done}\n${other}\n`);
    expect(read('failed-earlier.jsonl')).toBe(`${failed}\n`);
    expect(await setAside()).toBe(0);
  });

  it('leaves a torn last line out, which no session would have kept', async () => {
    writeFileSync(file('records.jsonl'), `${record('a', 'failed')}\n{"id":"b","sta`);
    expect(await setAside()).toBe(1);
    expect(read('records.jsonl')).toBe('');
  });

  it('is nothing to do in a directory without records', async () => {
    expect(await setAside()).toBe(0);
  });

  it('names a line that is no record, and changes nothing', async () => {
    write(record('a', 'failed'), 'nonsense');
    await expect(setAside()).rejects.toThrow(StorageError);
    await expect(setAside()).rejects.toThrow(/records\.jsonl:2: not a record; mend or delete the line$/);
    expect(read('records.jsonl')).toMatch(/nonsense/);
  });

  it('stays out of a directory in which a process works', async () => {
    write(record('a', 'failed'));
    const lock = await lockDirectory({ directory });
    await expect(setAside()).rejects.toThrow(StorageError);
    await lock.release();
    expect(await setAside()).toBe(1);
  });
});

describe('countAttempts()', () => {
  it('counts how often a text was no good, not how often an endpoint failed', async () => {
    for (const reason of ['length', 'stop', 'error']) {
      write(record('a', 'failed', { finishReason: reason }), record('b', 'failed', { finishReason: 'error' }));
      await setAside();
    }
    const attempts = await countAttempts(directory);
    expect([attempts('fobar', 'item-a'), attempts('fobar', 'item-b'), attempts('answers', 'item-a')]).toEqual([
      2, 0, 0,
    ]);
  });

  it('is the largest count of an item’s samples', async () => {
    write(record('a', 'failed', { input: 'p' }), record('b', 'failed', { input: 'p', sample: 1 }));
    await setAside();
    expect((await countAttempts(directory))('fobar', 'p')).toBe(1);
  });
});
