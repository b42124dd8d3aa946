import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { processPlace, removeOrphans, removeTemporaryFiles, temporaryBeside } from './temporary-file.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-temporary-'));
beforeEach(() => {
  for (const name of readdirSync(directory)) rmSync(join(directory, name));
});
afterAll(() => rmSync(directory, { recursive: true }));

const [pid, dead, long] = [process.pid, 99_999_999, Date.now() / 1000 - 3600];
const own = basename(temporaryBeside(join(directory, 'a.json')));
const of = (process: number, name = 'a.json') => own.replace('a.json', name).replace(`.${pid}.`, `.${process}.`);
/** As a process of another container calls it, which has process numbers of its own. */
const elsewhere = (name: string) =>
  name.replace(/\.([0-9a-f]{4})([0-9a-f]{8}\.tmp)$/, (_, place, rest) => `.${place === '0000' ? '1' : '0'}000${rest}`);

describe('temporaryBeside()', () => {
  it('is another name each time, hidden, in the same folder', () => {
    const [first, second] = [1, 2].map(() => temporaryBeside(join(directory, 'a.json')));
    expect(first).not.toBe(second);
    expect(first).toMatch(/\/\.a\.json\.\d+\.[0-9a-f]{12}\.tmp$/);
  });
});

describe.each([
  ['removeOrphans()', (): Promise<void> => removeOrphans(join(directory, 'a.json')), 'of the file'],
  ['removeTemporaryFiles()', (): Promise<void> => removeTemporaryFiles(directory), 'of the directory'],
])('%s', (_, remove, asked) => {
  it.each([
    ['of a process that is gone', of(dead), undefined, ['of the file', 'of the directory']],
    ['of this process', own, undefined, ['of the directory']],
    ['of a living process', of(process.ppid), long, []],
    ['beside another file', of(dead, 'b.json'), undefined, ['of the directory']],
    ['of another container, where that number may live', elsewhere(of(dead)), undefined, []],
    ['of another container, long silent', elsewhere(of(dead)), long, ['of the file', 'of the directory']],
    ['of an older version, long silent', `.a.json.${dead}.0123abcd.tmp`, long, ['of the file', 'of the directory']],
    ['hidden and of others', '.a.json.tmp', long, []],
    ['of that name', 'a.json', long, []],
  ])('a file %s', async (_, name, touched, goes) => {
    writeFileSync(join(directory, name), '');
    if (touched !== undefined) utimesSync(join(directory, name), touched, touched);
    await remove();
    expect(readdirSync(directory)).toEqual(goes.includes(asked) ? [] : [name]);
  });
});

describe('processPlace()', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 4);
  // The rows of python-gpu/tests/test_whole_file.py
  it.each([
    ['where both are told', 'boot-1', 'pid:[7]', 'b105'],
    ['without a process space', 'boot-1', undefined, '22fd'],
    ['without a boot id', undefined, 'pid:[7]', hash(`${hostname()} pid:[7]`)],
  ])('%s', (_, boot, space, expected) => {
    if (boot !== undefined) writeFileSync(join(directory, 'boot'), `${boot}\n`);
    if (space !== undefined) symlinkSync(space, join(directory, 'space'));
    expect(processPlace(join(directory, 'boot'), join(directory, 'space'))).toBe(expected);
  });
});
