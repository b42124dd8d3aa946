import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testFileOf, writeSplit } from './write-split.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-split-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'set.jsonl');

async function* rows(problems: number, each = 3) {
  for (let problem = 0; problem < problems; problem++) {
    for (let row = 0; row < each; row++) yield { row: { problem, row }, problem: `What is ${problem} + 1?` };
  }
}
const problemsIn = (path: string): Set<number> =>
  new Set(
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line).problem as number])),
  );

describe('writeSplit()', () => {
  it('puts about the share of the problems apart, each with all its rows', async () => {
    const { rows: train, test } = await writeSplit({ file, rows: rows(2000), testShare: 0.02 });
    expect(train + (test?.rows ?? 0)).toBe(6000);
    const [trained, tested] = [problemsIn(file), problemsIn(testFileOf(file))];
    expect([...tested].filter((problem) => trained.has(problem))).toEqual([]);
    // 40 expected; a binomial lies within four deviations
    expect(tested.size).toBeGreaterThan(40 - 26);
    expect(tested.size).toBeLessThan(40 + 26);
    expect(test?.rows).toBe(3 * tested.size);
  });

  it('moves no problem when the set grows, and adds some when the share does', async () => {
    await writeSplit({ file, rows: rows(500), testShare: 0.1 });
    const before = problemsIn(testFileOf(file));
    await writeSplit({ file, rows: rows(900), testShare: 0.1 });
    const after = problemsIn(testFileOf(file));
    expect([...after].filter((problem) => problem < 500)).toEqual([...before]);
    await writeSplit({ file, rows: rows(500), testShare: 0.3 });
    const more = problemsIn(testFileOf(file));
    expect([...before].every((problem) => more.has(problem))).toBe(true);
  });

  it('leaves both files as they were when a row cannot be made', async () => {
    const earlier = [file, testFileOf(file)].map((path) => readFileSync(path, 'utf8'));
    async function* broken() {
      yield* rows(50);
      throw new Error('broken');
    }
    await expect(writeSplit({ file, rows: broken(), testShare: 0.5 })).rejects.toThrow('broken');
    expect([file, testFileOf(file)].map((path) => readFileSync(path, 'utf8'))).toEqual(earlier);
    expect(readdirSync(folder).length).toBe(2);
  });

  it.each([
    ['a.jsonl', 'a.test.jsonl'],
    ['a', 'a.test.jsonl'],
    ['x/a.b.jsonl', 'x/a.b.test.jsonl'],
  ])('the part of %s lies in %s', (name, expected) => {
    expect(testFileOf(name)).toBe(expected);
  });
});
