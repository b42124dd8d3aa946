import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachChange } from '../__fixtures__/extent.js';
import { readSpending } from '../runs/spending.js';
import { runCli } from './__fixtures__/run-cli.js';
import { type Endpoint, serveEndpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-budget-'));
const path = (...parts: string[]) => join(root, ...parts);
const data = path('problems.jsonl');
const maxTokens = 400;
let endpoint: Endpoint;
/** Milliseconds that a reply takes; the tokens of all that was answered, to whomever. */
let [delayMs, paid, calls] = [0, 0, 0];
let usageOf: (tokens: number) => unknown = (tokens) => ({ prompt_tokens: 20, completion_tokens: tokens });

beforeAll(async () => {
  endpoint = await serveEndpoint(async (response, body) => {
    const number = Number(/Question (\d+)/.exec(JSON.parse(body).messages.at(-1).content)?.[1]);
    // Most are short, some run to the limit: the mean of the first ones says little
    const tokens = number % 10 === 9 ? maxTokens : 10 + (number % 7);
    paid += 20 + tokens;
    calls += 1;
    await sleep(delayMs);
    const choices = [
      { index: 0, message: { content: `${'so '.repeat(tokens)}\\boxed{${number}}` }, finish_reason: 'stop' },
    ];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices, usage: usageOf(tokens) }));
  });
  const rows = Array.from({ length: 600 }, (_, id) =>
    JSON.stringify({ id: `p${id}`, question: `Question ${id}: which number?`, answer: String(id) }),
  );
  writeFileSync(data, `${rows.join('\n')}\n`);
});
beforeEach(() => {
  [delayMs, paid, calls] = [0, 0, 0];
  usageOf = (tokens) => ({ prompt_tokens: 20, completion_tokens: tokens });
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

const words = (directory: string, ...more: string[]) => [
  ...['evaluate', '--model', endpoint.model, '--data', data, '--run', path(directory), '--quiet'],
  ...['--max-tokens', String(maxTokens), ...more],
];
const oneCall = 1.5 * 20 + maxTokens;

describe('--budget-tokens', () => {
  it.each([
    ['16', 0],
    ['16', 20],
    ['256', 0],
    ['256', 20],
  ])('is passed by no more than one call at %s in flight, replies after %i ms', async (concurrency, delay) => {
    delayMs = delay;
    const directory = `flight-${concurrency}-${delay}`;
    const budget = 6000;
    const { exitCode } = await runCli(
      words(directory, '--budget-tokens', String(budget), '--concurrency', concurrency),
    );
    expect(exitCode).toBe(3);
    expect(paid).toBeGreaterThanOrEqual(budget);
    expect(paid).toBeLessThanOrEqual(budget + oneCall);
    const { promptTokens, completionTokens } = await readSpending(path(directory));
    expect(promptTokens + completionTokens).toBe(paid);
  });

  it('is not forgotten by kills: what was under way counts as much as it could cost', async () => {
    const budget = 20_000;
    for (let kill = 0; kill < eachChange(3, 6); kill += 1) {
      delayMs = 40;
      const before = calls;
      await runCli(words('killed', '--budget-tokens', String(budget), '--concurrency', '8'), {
        whileRunning: async (child) => {
          while (calls < before + 20 && child.exitCode === null) await sleep(5);
          child.kill('SIGKILL');
        },
      });
    }
    expect(calls).toBeGreaterThan(eachChange(50, 100));
    delayMs = 0;
    const { exitCode } = await runCli(words('killed', '--budget-tokens', String(budget), '--concurrency', '8'));
    expect(exitCode).toBe(3);
    expect(paid).toBeLessThanOrEqual(budget + oneCall);
    const ids = readFileSync(path('killed', 'records.jsonl'), 'utf8').trimEnd().split('\n');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each<[string, (tokens: number) => unknown]>([
    ['no usage', () => undefined],
    ['NaN', () => ({ prompt_tokens: null, completion_tokens: null })],
    ['negative numbers', () => ({ prompt_tokens: -20, completion_tokens: -5 })],
    ['zero', () => ({ prompt_tokens: 0, completion_tokens: 0 })],
    ['text', () => ({ prompt_tokens: '20', completion_tokens: 'many' })],
  ])('is kept where an endpoint tells %s', async (name, usage) => {
    usageOf = usage;
    const { exitCode, stderr } = await runCli(words(`usage-${name.replace(' ', '-')}`, '--budget-tokens', '3000'));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 3 });
    expect(stderr).toMatch(/^Stopped at the budget: \d+ of 3000 tokens are spent/);
    expect(calls).toBeLessThan(150);
  });

  it('says beside the stop that tokens were estimated', async () => {
    usageOf = () => undefined;
    const asked = words('estimated', '--budget-tokens', '3000').filter((word) => word !== '--quiet');
    const { exitCode, stderr } = await runCli(asked);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/: \d+ answers told no usage: their tokens are estimated, one for 4 characters\nStopped at/);
  });
});
