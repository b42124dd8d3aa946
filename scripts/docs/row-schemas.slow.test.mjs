import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'mathpie-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recipe = {
  name: 'rows',
  version: 1,
  description: 'A few rows of each kind.',
  seed: 7,
  models: { problems: 'pocket' },
  instruct: { count: 12, maxTokens: 200 },
  respond: { maxTokens: 300 },
  candidates: { repeat: 6, temperatures: [1, 1.4], maxTokens: 300 },
  score: { by: ['agreement'] },
  rank: { margin: 0, noJudge: true },
  evaluate: { again: { data: 'pocket:8:3', maxTokens: 300 } },
};

beforeAll(() => {
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(recipe));
  const words = ['run-recipe', '--recipe', 'rows.json', '--run', 'run', '--quiet'];
  execFileSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...words], { cwd: folder });
});

function readRows(directory, artifact) {
  const { artifacts } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  const { file } = artifacts.findLast(({ name }) => name === artifact);
  const text = readFileSync(join(directory, file), 'utf8');
  return file.endsWith('.jsonl')
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : JSON.parse(text);
}

describe('the schemas of rows', () => {
  it.each([
    ['instructions', 'magpie-row', 'run'],
    ['solutions', 'magpie-row', 'run'],
    ['candidates', 'candidates-row', 'run'],
    ['pairs', 'preference-pair', 'run'],
    ['graded', 'graded-row', 'run/evaluate-again'],
  ])('%s of a run are each a %s', (artifact, name, directory) => {
    const schema = JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'));
    const check = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
    const rows = readRows(join(folder, directory), artifact);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect([check(row), check.errors]).toEqual([true, null]);
    const [first] = rows;
    const { [schema.required[0]]: _, ...lacking } = first;
    expect(check(lacking)).toBe(false);
  });
});
