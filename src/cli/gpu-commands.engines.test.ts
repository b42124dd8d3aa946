import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enginesEnvironment, writePocketCheckpoint } from '../gpu/__fixtures__/engines.js';
import { runCommandLine } from './run-command-line.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-gpu-cli-'));
const path = (...parts: string[]) => join(root, ...parts);
const questions = Array.from({ length: 60 }, (_, index) => `Tom has ${index} pens and buys 4 more. How many pens?`);

beforeAll(() => {
  Object.assign(process.env, enginesEnvironment());
  writePocketCheckpoint(path('pocket'));
  const requests = questions.map((content, index) => ({
    id: `r${index}`,
    messages: [{ role: 'user', content }],
    samples: 4,
    sampling: { temperature: 1, maxTokens: 100, seed: index },
  }));
  const rows = questions.map((query) => ({ query, response: 'No idea.\nThe answer is \\boxed{0}.' }));
  const write = (name: string, lines: object[]) =>
    writeFileSync(path(name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  write('requests.jsonl', requests);
  write('rows.jsonl', rows);
});
afterAll(() => rmSync(root, { recursive: true }));

async function run(words: readonly string[], signal = new AbortController().signal) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const exitCode = await runCommandLine({ words, stdout: writer('stdout'), stderr: writer('stderr'), signal });
  return { exitCode, ...text };
}

const lines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);

describe('on the real engines', () => {
  it('mathpie generate stops in good order, and the same command makes what is missing once', async () => {
    const settings = ['dtype=float32', 'enforceEager=true', 'cpuCacheGiB=1', 'maxSequences=8'];
    const words = ['generate', '--model', `vllm:${path('pocket')}`, '--data', path('requests.jsonl')];
    words.push('--run', path('answers'), ...settings.flatMap((setting) => ['--set', setting]));
    const file = path('answers', 'completions.jsonl');
    const controller = new AbortController();
    const first = run(words, controller.signal);
    await vi.waitFor(() => expect(lines(file).length).toBeGreaterThan(3), { timeout: 400_000, interval: 20 });
    controller.abort();
    expect(await first).toMatchObject({
      exitCode: 130,
      stdout: '',
      stderr: expect.stringMatching(/the same command: /),
    });
    const kept = lines(file);
    expect(kept.length).toBeLessThan(240);

    const { exitCode, stdout } = await run(words);
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 0, status: 'done', done: 240, failed: 0 });
    const all = lines(file);
    expect(all.slice(0, kept.length)).toEqual(kept);
    const keys = all.map((line) => JSON.parse(line)).map(({ requestId, sample }) => `${requestId}/${sample}`);
    expect([keys.length, new Set(keys).size]).toEqual([240, 240]);
  });

  it('mathpie generate --dry-run --probe tells lengths and time of what is missing, and writes nothing', async () => {
    const words = ['generate', '--model', `vllm:${path('pocket')}`, '--data', path('requests.jsonl')];
    for (const setting of ['dtype=float32', 'enforceEager=true', 'cpuCacheGiB=1']) words.push('--set', setting);
    words.push('--run', path('planned'), '--dry-run', '--probe');
    const { exitCode, stdout, stderr } = await run(words);
    expect(exitCode, stderr).toBe(0);
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({ dryRun: 'generate', requests: 60, completions: 240, probed: 16, usd: 0 });
    expect(plan.minutes).toBeGreaterThan(0);
    expect(plan.outputTokens).toBeLessThan(plan.maxOutputTokens);
    expect(stderr).toMatch(/^Time: about .*, from 16 requests that were answered$/m);
    expect(existsSync(path('planned', 'completions.jsonl'))).toBe(false);
  });

  it('mathpie train sft shows what carries loss, teaches the student, and evaluate takes its folder', async () => {
    const words = ['train', 'sft', '--recipe', 'sft-student', '--data', path('rows.jsonl'), '--run', path('taught')];
    const shown = await run([...words, '--show-tokens', '1']);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      row: 1,
      learntText: 'No idea.\nThe answer is \\boxed{0}.<|end|>',
    });
    expect(shown.stderr).toContain('<|assistant|>⟦No·idea.⏎The·answer·is·\\boxed{0}.<|end|>⟧');
    expect(existsSync(path('taught'))).toBe(false);
    expect((await run([...words, '--set', 'maxSteps=2'])).exitCode).toBe(0);
    writeFileSync(
      path('zero.jsonl'),
      '{"id":"z","question":"Tom has 7 pens and buys 4 more. How many pens?","answer":"0"}\n',
    );
    const evaluated = [
      'evaluate',
      '--model',
      path('taught', 'model'),
      '--data',
      path('zero.jsonl'),
      '--run',
      path('zero'),
    ];
    const { exitCode, stdout, stderr } = await run(evaluated);
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ n: 1, failed: 0 });
    expect(existsSync(path('taught', 'model.q8_0.gguf'))).toBe(true);
  });

  it('mathpie train sft trains on two processes and writes a model', async () => {
    const words = ['train', 'sft', '--model', path('pocket'), '--data', path('rows.jsonl'), '--run', path('sft')];
    const settings = ['rowsPerStep=8', 'maxSteps=3', 'learningRate=1e-3', 'device=cpu'];
    const more = [...settings.flatMap((setting) => ['--set', setting]), '--gpus', '2'];
    const { exitCode, stdout, stderr } = await run([...words, ...more]);
    expect(stderr).toMatch(/^Started on .*\nTo do: 60 items, [\d,]+ tokens, 3 steps, /);
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 0, status: 'done', steps: 3 });
    expect(existsSync(path('sft', 'model', 'model.safetensors'))).toBe(true);
    const events = lines(path('sft', 'events.jsonl')).map((line) => JSON.parse(line));
    const losses = events.flatMap(({ event, loss }) => (event === 'step-end' ? [loss] : []));
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(losses[0]);
  });
});
