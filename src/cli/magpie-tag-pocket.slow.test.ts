import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { runCommandLine } from './run-command-line.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-tag-pocket-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('a model that writes no JSON fails on each row, and no field is made up', { timeout: 120_000 }, async () => {
  const rows = [0, 1].map((id) => ({ id, instruction: `Tom has ${id + 3} pens. How many pens has Tom?` }));
  const file = join(directory, 'rows_ins.json');
  writeFileSync(file, JSON.stringify(rows));
  // By its file it is a model like any other; by its name it is refused before it is asked
  const model = `gguf:${packagePath('data', 'pocket', 'pocket.gguf')}`;
  const words = ['--data', file, '--run', directory, '--missions', 'difficulty', '--repairs', '1', '--no-cache'];
  let stdout = '';
  const exitCode = await runCommandLine({
    words: ['magpie', 'tag', ...words, '--model', model],
    stdout: { write: (part: string) => (stdout += part) },
    stderr: { write: () => undefined },
    signal: new AbortController().signal,
  });
  const { tagged, failed } = JSON.parse(stdout).missions.difficulty;
  expect([exitCode, tagged]).toEqual([1, 0]);
  expect(Object.values<number>(failed).reduce((sum, count) => sum + count, 0)).toBe(2);
  const name = readdirSync(directory).find((candidate) => candidate.endsWith('_ins_tagged.json')) ?? '';
  const [row] = JSON.parse(readFileSync(join(directory, name), 'utf8'));
  expect(row).toMatchObject({ intent: null, difficulty: null, difficulty_generator: null });
  expect(row.tag_failed.difficulty).toBeTypeOf('string');
});
