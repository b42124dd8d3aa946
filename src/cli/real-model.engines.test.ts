import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginesEnvironment, enginesPython } from '../gpu/__fixtures__/engines.js';
import { packagePath } from '../package-root.js';
import { runInProcess } from './__fixtures__/run-in-process.js';

/** SmolLM2-135M-Instruct, as `npm run test:engines` fetches it; where its package cannot be had there is nothing to test. */
const file = process.env.MATHPIE_SMOLLM2 ?? packagePath('.cache', 'models', 'smollm2.gguf');

const root = mkdtempSync(join(tmpdir(), 'mathpie-real-model-'));
const path = (...parts: string[]) => join(root, ...parts);

beforeAll(() => {
  Object.assign(process.env, enginesEnvironment());
});
afterAll(() => rmSync(root, { recursive: true }));

type Rows = readonly Record<string, unknown>[];

/** What a command prints as rows; it has to end well. */
const run = (...words: string[]): Promise<Rows> => runTo([0], words);

/** A model of this size may fail more often than is well: that is said with exit code 1, and no error of ours. */
const runWeakly = (...words: string[]): Promise<Rows> => runTo([0, 1], words);

async function runTo(ends: readonly number[], words: readonly string[]): Promise<Rows> {
  const { exitCode, stdout, stderr } = await runInProcess(...words);
  expect(ends, `mathpie ${words.join(' ')}\n${stderr}`).toContain(exitCode);
  expect(stderr).not.toContain('    at ');
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

describe.skipIf(!existsSync(file))('a small real model through the whole product', () => {
  const model = ['--model', `gguf:${file}`];

  it('writes problems, solves them, and is ranked', async () => {
    const magpie = ['--run', path('magpie')];
    const sampling = ['--temperature', '0.7', '--task', 'word-problem', '--max-tokens', '120', '--max-draws', '400'];
    const [drawn] = await run('magpie', 'instruct', ...model, ...magpie, '--count', '3', '--seed', '1', ...sampling);
    expect(drawn).toMatchObject({ rows: 3 });
    const [solved] = await run('magpie', 'respond', ...model, ...magpie, '--max-tokens', '200', '--max-failed', '1');
    expect(solved).toMatchObject({ stage: 'respond' });
    await run('magpie', 'candidates', ...model, ...magpie, '--repeat', '4', '--max-tokens', '160', '--max-failed', '1');
    await runWeakly('magpie', 'rank', ...model, ...magpie, '--by', 'agreement');
    expect(readdirSync(path('magpie')).some((name) => name.endsWith('_ins.json'))).toBe(true);
  });

  it('grows problems, is trained on them for ten steps, and is evaluated before and after', async () => {
    const problems = ['--data', 'pocket:6', '--max-tokens', '160'];
    const grown = await runWeakly(
      'augment',
      ...model,
      '--technique',
      'all',
      ...problems,
      '--max-backward',
      '1',
      '--run',
      path('grown'),
    );
    expect(grown.map(({ technique }) => technique)).toEqual(['answers', 'rephrase', 'self-verification', 'fobar']);
    const before = await run('evaluate', ...model, ...problems, '--run', path('before'));
    expect(before[0]).toMatchObject({ n: 6 });

    // Of its own answers few are right: what is learnt here are pocket's
    await run('augment', '--model', 'pocket', '--technique', 'answers', '--data', 'pocket:24', '--run', path('taught'));
    await run('export', 'sft', '--run', path('taught'), '--out', path('sft.jsonl'));
    const script = packagePath('python-gpu', 'import_gguf.py');
    execFileSync(enginesPython(), [script, '--gguf', file, '--out', path('checkpoint')]);
    const settings = ['maxSteps=10', 'rowsPerStep=4', 'learningRate=1e-4', 'device=cpu'].flatMap((word) => [
      '--set',
      word,
    ]);
    await run(
      'train',
      'sft',
      '--model',
      path('checkpoint'),
      '--data',
      path('sft.jsonl'),
      '--run',
      path('trained'),
      ...settings,
    );
    const losses = readFileSync(path('trained', 'events.jsonl'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.includes('"step-end"') ? [JSON.parse(line).loss as number] : []));
    expect(losses).toHaveLength(10);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    const after = await run('evaluate', '--model', path('trained', 'model'), ...problems, '--run', path('after'));
    expect(after[0]).toMatchObject({ n: 6, failed: 0 });
  });
});
