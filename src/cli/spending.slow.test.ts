import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBatchServer } from '../models/openai/batch/__fixtures__/batch-server.js';
import { runInProcess as run } from './__fixtures__/run-in-process.js';
import { type Endpoint, serveEndpoint, solve } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-spending-'));
const path = (...parts: string[]) => join(root, ...parts);
const data = path('problems.jsonl');
const question = 'Tom has 3 pens and buys 4 more pens at 2 dollars each. How many pens does he have?';
let endpoint: Endpoint;
let asked = 0;

beforeAll(async () => {
  process.env.MATHPIE_CACHE = path('cache');
  endpoint = await serveEndpoint((response, body) => {
    asked += 1;
    solve(response, body);
  });
  const rows = Array.from({ length: 40 }, (_, id) => JSON.stringify({ id: `p${id}`, question, answer: '4' }));
  writeFileSync(data, `${rows.join('\n')}\n`);
});
afterAll(async () => {
  delete process.env.MATHPIE_CACHE;
  await endpoint.close();
  rmSync(root, { recursive: true });
});

const evaluate = (directory: string, ...words: string[]) =>
  run('evaluate', '--model', endpoint.model, '--data', data, '--run', path(directory), ...words);

const pricesFile = (model: string) => {
  const file = path('prices.json');
  const price = { model, input: 100, output: 1000, read: '2026-01-02', source: 'https://example.com/prices' };
  writeFileSync(file, JSON.stringify({ models: [price] }));
  return file;
};

describe('--dry-run', () => {
  it('needs no key of a paid endpoint, unless it is to be probed', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined);
    const words = ['evaluate', '--model', 'openai:gpt-5-mini', '--data', data, '--run', path('keyless'), '--dry-run'];
    const { exitCode, stdout, stderr } = await run(...words);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ requests: 40, probed: 0, usd: expect.any(Number) });
    const probed = await run(...words, '--probe');
    expect(probed).toMatchObject({ stdout: '', stderr: expect.stringMatching(/no key, set .* OPENAI_API_KEY\n$/) });
    vi.unstubAllEnvs();
  });

  it('asks a few requests of a model of one’s own, and writes nothing', async () => {
    asked = 0;
    const { exitCode, stdout, stderr } = await evaluate('dry', '--dry-run', '--repeat', '3');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: 'evaluate',
      requests: 40,
      completions: 120,
      inputTokens: 360,
      outputTokens: 2400,
      maxOutputTokens: 120 * 2048,
      usd: 0,
      probed: 16,
    });
    expect(asked).toBe(16);
    expect(existsSync(path('dry'))).toBe(false);
    expect(stderr).toMatch(/^Dry run of evaluate with http.*: nothing is written$/m);
    expect(stderr).toMatch(/^Cost: none, it runs on a machine of your own$/m);
    expect(stderr).toMatch(/^Time: about \d+ s, from 16 requests that were answered$/m);
  });

  it('tells what it costs by a price with a date and an address', async () => {
    const { stdout, stderr } = await evaluate('dry', '--dry-run', '--prices', pricesFile(endpoint.model));
    expect(JSON.parse(stdout)).toMatchObject({ inputTokens: 360, outputTokens: 800, usd: 0.836 });
    expect(stderr).toMatch(
      /^Cost: about \$0\.84, at most \$\d+\.\d\d; \$100 in and \$1000 out for a million tokens, read on 2026-01-02 at https:\/\/example\.com\/prices$/m,
    );
  });

  it.each([
    ['openai:gpt-5-mini', /^Cost: about \$0\.0301, at most \$0\.16; .*developers\.openai\.com/m],
    [
      'openai:gpt-unheard-of',
      /^Cost: unknown, no price of openai:gpt-unheard-of is in the list; give one by --prices$/m,
    ],
  ])('never asks %s unless --probe is given', async (model, cost) => {
    process.env.OPENAI_API_KEY = 'sk-none';
    const { exitCode, stdout, stderr } = await run(
      ...['evaluate', '--model', model, '--data', data, '--run', path('paid'), '--dry-run'],
    );
    delete process.env.OPENAI_API_KEY;
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ requests: 40, minutes: null, probed: 0 });
    expect(stderr).toMatch(cost);
    expect(stderr).toMatch(/^Time: unknown without asking the model; --probe asks it a few requests$/m);
    expect(stderr).toMatch(/^Length of a completion, evaluate: 800 chain-of-thought answers/m);
  });

  it('plans every stage of every technique, the later ones on what the earlier ones give', async () => {
    const words = ['--technique', 'all', '--repeat', '2', '--answers-per-rephrasing', '3', '--dry-run'];
    const { exitCode, stdout, stderr } = await run(
      ...['augment', '--model', endpoint.model, '--data', data, '--run', path('all'), ...words],
    );
    expect(exitCode, stderr).toBe(0);
    const { stages } = JSON.parse(stdout);
    const names = stages.map(({ stage }: { stage: string }) => stage);
    expect(names).toEqual(expect.arrayContaining(['answers', 'rephrase', 'statement', 'fobar']));
    expect(existsSync(path('all'))).toBe(false);
  });

  it('leaves out what is done already', async () => {
    expect((await evaluate('partly', '--quiet')).exitCode).toBe(0);
    const { stdout } = await evaluate('partly', '--dry-run');
    expect(JSON.parse(stdout)).toMatchObject({ requests: 0, completions: 0, outputTokens: 0, minutes: 0 });
  });

  it('refuses another configuration as the run itself would', async () => {
    const { exitCode, stderr } = await evaluate('partly', '--dry-run', '--seed', '9');
    expect(stderr).toMatch(
      /^Cannot continue .*: stage "evaluate" was started with another configuration .*seed: 0 → 9/,
    );
    expect(exitCode).toBe(2);
  });
});

describe('a budget', () => {
  const kept = (directory: string) => readFileSync(path(directory, 'records.jsonl'), 'utf8').trimEnd().split('\n');

  it.each([
    ['--budget-tokens', '300', /^Stopped at the budget: (\d+) of 300 tokens are spent; .*--budget-tokens 600$/m],
    ['--budget-usd', '0.2', /^Stopped at the budget: \$0\.2\d+ of \$0\.2 are spent; .*--budget-usd 0\.4$/m],
    ['--budget-minutes', '0', /^Stopped at the budget: 0\.0 of 0 minutes are spent; .*--budget-minutes 0\.0001$/m],
  ])('%s stops in good order with exit code 3, and a higher one continues', async (flag, value, line) => {
    const directory = flag.slice(2);
    const always = ['--prices', pricesFile(endpoint.model), '--concurrency', '2', '--quiet'];
    asked = 0;
    const stopped = await evaluate(directory, ...always, flag, value);
    expect(stopped.stderr).toMatch(line);
    expect(stopped.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stopped.exitCode).toBe(3);
    const before = asked === 0 ? [] : kept(directory);
    expect(before).toHaveLength(asked);
    expect(asked).toBeLessThan(40);

    const again = await evaluate(directory, ...always, flag, value);
    expect(again.exitCode).toBe(3);
    expect(asked).toBe(before.length);

    const continued = await evaluate(directory, ...always, flag, '100000');
    expect(continued.exitCode, continued.stderr).toBe(0);
    expect(JSON.parse(continued.stdout)).toMatchObject({ n: 40 });
    expect(new Set(kept(directory).map((row) => JSON.parse(row).id)).size).toBe(40);
    expect(asked).toBe(40);
  });

  it('stops the embedded model too', async () => {
    const words = ['evaluate', '--model', 'pocket', '--data', data, '--run', path('pocket'), '--quiet'];
    const { exitCode, stderr } = await run(...words, '--budget-tokens', '500');
    expect(stderr).toMatch(/^Stopped at the budget: \d+ of 500 tokens are spent/);
    expect(exitCode).toBe(3);
    expect(kept('pocket').length).toBeGreaterThan(0);
    expect((await run(...words, '--budget-tokens', '1000000')).exitCode).toBe(0);
    expect(kept('pocket')).toHaveLength(40);
  });

  it.each([
    [
      ['--budget-usd', '1', '--model', 'https://example.com/v1#m'],
      /^Cannot keep --budget-usd: the price of https:.* is unknown; give a file/,
    ],
    [['--budget-usd', 'much'], /^Cannot use --budget-usd "much": give a number/],
    [['--budget-tokens', '0'], /^Cannot use --budget-tokens "0": give a whole number/],
    [['--probe'], /^Cannot use --probe alone: it belongs to --dry-run/],
    [['--prices', 'absent.json'], /^Cannot read absent\.json: no such file; check the path/],
    [['--concurrency', '0'], /^Cannot use --concurrency "0": give a whole number from 1 to 4096/],
  ])('%j is refused in one line', async (words, line) => {
    const { exitCode, stderr, stdout } = await evaluate('refused', ...words);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('the cache', () => {
  const requests = (stderr: string) => Number(/^(\d+) completions are from the cache/m.exec(stderr)?.[1] ?? 0);
  it('answers a second run, counts nothing as spent, and is seen by --dry-run', async () => {
    asked = 0;
    expect((await evaluate('cached-1', '--cache', '--temperature', '0.5', '--limit', '30')).exitCode).toBe(0);
    expect(asked).toBe(30);
    const { stdout } = await evaluate('cached-2', '--cache', '--temperature', '0.5', '--dry-run');
    expect(JSON.parse(stdout)).toMatchObject({ requests: 10, completions: 10 });
    const { exitCode, stderr } = await evaluate(
      'cached-3',
      '--cache',
      '--temperature',
      '0.5',
      '--budget-tokens',
      '100000',
    );
    expect(exitCode, stderr).toBe(0);
    // The dry run has asked and kept the ten that were missing.
    expect({ asked, fromCache: requests(stderr) }).toEqual({ asked: 40, fromCache: 40 });
    expect(existsSync(path('cached-3', 'spending.jsonl'))).toBe(false);
    expect(readFileSync(path('cached-3', 'records.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(40);
  });

  it('is not used for a model of one’s own unless asked for, and never with --no-cache', async () => {
    asked = 0;
    expect((await evaluate('uncached-1')).exitCode).toBe(0);
    expect((await evaluate('uncached-2', '--no-cache')).exitCode).toBe(0);
    expect(asked).toBe(80);
    const { exitCode, stderr } = await evaluate('uncached-3', '--no-cache', '--cache');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'Cannot use --cache and --no-cache together; leave one of them out\n',
    });
  });
});

describe('--batch', () => {
  const prices = () => {
    const file = path('batch-prices.json');
    const read = { read: '2026-01-02', source: 'https://example.com/prices' };
    const models = [{ model: 'openai:gpt-x', input: 100, output: 1000, ...read }];
    writeFileSync(file, JSON.stringify({ batchFactor: { value: 0.5, ...read }, models }));
    return file;
  };

  it('runs a stage through the Batch API of an endpoint and continues it', async () => {
    const server = await startBatchServer();
    const words = ['evaluate', '--model', `${server.url}#tiny`, '--data', data, '--run', path('batched'), '--batch'];
    const { exitCode, stderr, stdout } = await run(...words, '--temperature', '0.5');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ n: 40 });
    expect(stderr).toMatch(/^Submitted batch batch_0 with 40 requests$/m);
    expect((await run(...words, '--temperature', '0.5')).exitCode).toBe(0);
    expect(server.batches).toHaveLength(1);
    await server.close();
  });

  it('costs half where the table says so', async () => {
    process.env.OPENAI_API_KEY = 'sk-none';
    const words = ['evaluate', '--model', 'openai:gpt-x', '--data', data, '--run', path('half'), '--dry-run'];
    const [whole, half] = [
      await run(...words, '--prices', prices()),
      await run(...words, '--prices', prices(), '--batch'),
    ].map(({ stdout }) => JSON.parse(stdout));
    delete process.env.OPENAI_API_KEY;
    expect(half.usd).toBeCloseTo(whole.usd / 2, 6);
    expect(half.minutes).toBeNull();
  });

  it('is refused for a model of one’s own in one line', async () => {
    const words = ['evaluate', '--model', 'pocket', '--data', data, '--run', path('no-batch'), '--batch'];
    const { exitCode, stderr } = await run(...words);
    const line = 'Cannot use --batch with pocket: only an endpoint has a Batch API; leave --batch out\n';
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: line });
  });
});
