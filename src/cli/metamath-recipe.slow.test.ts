import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess as mathpie } from './__fixtures__/run-in-process.js';
import { type Endpoint, serveEndpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-metamath-recipe-'));
const path = (...parts: string[]) => join(root, ...parts);
let endpoint: Endpoint;
let asked = 0;
/** Problems that the endpoint refuses. */
let down: readonly string[] = [];

/** Rows of pens with their answers, of which every third reply is wrong. */
beforeAll(async () => {
  endpoint = await serveEndpoint((response, body) => {
    asked += 1;
    const { n = 1, seed = 0, messages } = JSON.parse(body);
    const content: string = messages.at(-1).content;
    const [, pens = '0'] = /has (\d+) pens/.exec(content) ?? [];
    const isDown = down.some((name) => content.includes(name));
    const choices = Array.from({ length: n }, (_, index) => ({
      index,
      message: { content: `Work ${seed + index}.\nThe answer is: ${(seed + index) % 3 === 0 ? 7 : Number(pens) + 10}` },
      finish_reason: 'stop',
    }));
    const usage = { prompt_tokens: 10, completion_tokens: 20 * n };
    response.writeHead(isDown ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isDown ? { error: { message: 'refused', type: 'x' } } : { choices, usage }));
  });
  const problems = (from: number, count: number, end = 'gets 10 more from a friend. How many pens are that?') =>
    Array.from({ length: count }, (_, index) => {
      const id = from + index;
      const question = `Child${id} has ${id + 20} pens and ${end}`;
      return `${JSON.stringify({ id: `p${id}`, question, answer: String(id + 30), level: 1 + (index % 2) })}\n`;
    }).join('');
  writeFileSync(path('train.jsonl'), problems(0, 10));
  writeFileSync(path('more.jsonl'), problems(40, 6));
  writeFileSync(path('test.jsonl'), problems(80, 8, 'then finds another ten of them at home. What does that make?'));
  const mix = { name: 'tiny', version: 1, description: 'x', types: { POCKET_AnsAug: { rows: 100 } } };
  writeFileSync(path('tiny.json'), JSON.stringify({ ...mix, duplicates: { compare: 'none' } }));
  const answers = { technique: 'answers', repeat: 4 };
  const recipe = {
    ...{ name: 'whole', version: 1, description: 'For tests.', seed: 2, models: { problems: endpoint.model } },
    augment: { first: { ...answers, data: path('train.jsonl') }, second: { ...answers, data: path('more.jsonl') } },
    assemble: { recipe: path('tiny.json'), tests: [path('test.jsonl')] },
    'export-sft': { shape: 'metamathqa' },
    evaluate: { forward: { data: path('test.jsonl') }, warm: { data: path('test.jsonl'), repeat: 2 } },
  };
  writeFileSync(path('whole.json'), JSON.stringify(recipe));
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

const run = (name: string, ...words: string[]) =>
  mathpie('run-recipe', '--recipe', path('whole.json'), '--run', path(name), '--no-cache', ...words);
const lines = (...parts: string[]) =>
  readFileSync(path(...parts), 'utf8')
    .split('\n')
    .filter(Boolean);
const finishedEarlier = (stderr: string) => stderr.match(/^\d\/6 \S+(?=: .*finished earlier$)/gm);

describe('mathpie run-recipe, MetaMath’s way', { timeout: 120_000 }, () => {
  it('plans, grows, mixes, exports and evaluates in one directory', async () => {
    const planned = await run('whole', '--dry-run');
    expect(JSON.parse(planned.stdout).steps.map(({ step }: { step: string }) => step)).toEqual([
      ...['augment-first', 'augment-second', 'assemble', 'export-sft', 'evaluate-forward', 'evaluate-warm'],
    ]);
    const { exitCode, stdout, stderr } = await run('whole');
    expect(exitCode, stderr).toBe(0);
    const kept = [...lines('whole', 'augment-first', 'rows.jsonl'), ...lines('whole', 'augment-second', 'rows.jsonl')];
    expect(kept.length).toBeGreaterThan(20);
    expect(lines('whole', 'mixed.jsonl')).toHaveLength(kept.length);
    expect(lines('whole', 'sft.jsonl')).toHaveLength(kept.length);
    expect(stderr).toMatch(
      /^5\/6 evaluate-forward: \d+\.\d % right \(\d of 8, 95 % interval .*\), graded by mathpie$/m,
    );
    expect(JSON.parse(readFileSync(path('whole', 'evaluate-warm', 'summary.json'), 'utf8')).n).toBe(16);
    expect(JSON.parse(stdout).steps).toHaveLength(6);
  });

  it('asks nobody again, and says what was finished', async () => {
    const before = asked;
    const { stderr } = await run('whole');
    expect(asked).toBe(before);
    expect(finishedEarlier(stderr)).toHaveLength(6);
  });

  it('mixes anew what was grown anew, and nothing else', async () => {
    down = ['Child3 '];
    expect((await run('broken')).exitCode).toBe(0);
    down = [];
    const before = lines('broken', 'sft.jsonl').length;
    const words = [
      '--technique',
      'answers',
      '--repeat',
      '4',
      '--model',
      endpoint.model,
      '--seed',
      '2',
      '--retry-failed',
    ];
    const again = await mathpie(
      'augment',
      ...words,
      '--data',
      path('train.jsonl'),
      '--run',
      path('broken', 'augment-first'),
    );
    expect(again.exitCode, again.stderr).toBe(0);
    const planned = await run('broken', '--dry-run');
    const state = ({ step, state }: { step: string; state: string }) => `${step} ${state}`;
    expect(JSON.parse(planned.stdout).steps.map(state)).toEqual([
      ...['augment-first finished', 'augment-second finished', 'assemble to do', 'export-sft to do'],
      ...['evaluate-forward finished', 'evaluate-warm finished'],
    ]);
    const { stderr } = await run('broken');
    expect(finishedEarlier(stderr)?.map((line) => line.slice(4))).toEqual([
      ...['augment-first', 'augment-second', 'evaluate-forward', 'evaluate-warm'],
    ]);
    expect(lines('broken', 'sft.jsonl').length).toBeGreaterThan(before);
  });

  it('keeps a budget over all folders together', async () => {
    const stopped = await run('budget', '--budget-tokens', '1100', '--concurrency', '1');
    expect(stopped.exitCode, stopped.stderr).toBe(3);
    // The first folder takes 900
    expect(stopped.stderr).toMatch(/^1\/6 augment-first: /m);
    expect(stopped.stderr).toMatch(/Stopped at the budget/);
    expect((await run('budget', '--budget-tokens', '100000')).exitCode).toBe(0);
    expect(readFileSync(path('budget', 'sft.jsonl'), 'utf8')).toBe(readFileSync(path('whole', 'sft.jsonl'), 'utf8'));
  });
});
