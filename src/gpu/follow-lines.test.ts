import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { endOfLines, followLines } from './follow-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-follow-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const newFile = () => join(folder, `${count++}.jsonl`);

function follow(file: string, from = 0) {
  const lines: string[] = [];
  return { lines, followed: followLines(file, { from, everyMs: 5, onLine: (line) => lines.push(line) }) };
}

describe('followLines()', () => {
  it('waits for a file that is not there yet, and for the rest of a torn line', async () => {
    const file = newFile();
    const { lines, followed } = follow(file);
    writeFileSync(file, 'one\ntw');
    await vi.waitFor(() => expect(lines).toEqual(['one']));
    // A character cut in the middle.
    appendFileSync(file, Buffer.from('o ½', 'utf8').subarray(0, 3));
    appendFileSync(file, Buffer.from([0xbd]));
    expect(lines).toEqual(['one']);
    appendFileSync(file, '\nthree\n');
    await vi.waitFor(() => expect(lines).toEqual(['one', 'two ½', 'three']));
    await followed.stop();
  });

  it('reads what came just before it is stopped, but no half line', async () => {
    const file = newFile();
    const { lines, followed } = follow(file);
    writeFileSync(file, `${'x'.repeat(200_000)}\nlast\nhalf`);
    await followed.stop();
    expect(lines.map((line) => line.length)).toEqual([200_000, 4]);
  });

  it('skips a line of megabytes', async () => {
    const file = newFile();
    writeFileSync(file, `a\n${'x'.repeat(3 << 20)}\nb\n`);
    const { lines, followed } = follow(file);
    await followed.stop();
    expect(lines).toEqual(['a', 'b']);
  });

  it('stops when no file ever came', async () => {
    await expect(follow(newFile()).followed.stop()).resolves.toBeUndefined();
  });

  it('starts behind the lines of an earlier session and its torn last one', async () => {
    const file = newFile();
    writeFileSync(file, 'old\nold\nto');
    const from = await endOfLines(file);
    expect(from).toBe(8);
    const { lines, followed } = follow(file, from);
    // The next writer cuts the torn line away first.
    writeFileSync(file, 'old\nold\nnew\n');
    await followed.stop();
    expect(lines).toEqual(['new']);
  });
});

it.each([
  ['', 0],
  ['no newline', 0],
  ['a\n', 2],
  [`a\n${'x'.repeat(100_000)}`, 2],
])('endOfLines() of %j', async (text, end) => {
  const file = newFile();
  writeFileSync(file, text);
  expect(await endOfLines(file)).toBe(end);
  expect(await endOfLines(newFile())).toBe(0);
});
