import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runInProcess } from './__fixtures__/run-in-process.js';
import { type Endpoint, serveEndpoint } from './__fixtures__/serve-endpoint.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-outage-'));
const path = (...parts: string[]) => join(root, ...parts);
const data = path('problems.jsonl');
const count = 30;
let endpoint: Endpoint;
/** The status with which the question of this number is answered; 0 for 200 with JSON that is no completion. */
let statusOf: (number: number) => number = () => 200;
let asked: number[] = [];

beforeAll(async () => {
  endpoint = await serveEndpoint((response, body) => {
    const { messages, n = 1 } = JSON.parse(body);
    const number = Number(/Question (\d+)/.exec(messages.at(-1).content)?.[1]);
    const status = statusOf(number);
    if (status === 200) asked.push(number);
    // Tried again at once, for the test is not of the pauses
    response.writeHead(status || 200, {
      'content-type': 'application/json',
      'retry-after-ms': '1',
      location: '/elsewhere',
    });
    const choices = Array.from({ length: n }, (_, index) => ({
      index,
      message: { content: `It is ${number}.\nThe answer is \\boxed{${number}}.` },
      finish_reason: 'stop',
    }));
    const usage = { prompt_tokens: 9, completion_tokens: 20 * n };
    const failed = status === 0 ? { status: 'in maintenance' } : { error: { message: 'not so', type: 'x' } };
    response.end(JSON.stringify(status === 200 ? { choices, usage } : failed));
  });
  const rows = Array.from({ length: count }, (_, id) =>
    JSON.stringify({ id: `p${id}`, question: `Question ${id}: what is the number of this one?`, answer: String(id) }),
  );
  writeFileSync(data, `${rows.join('\n')}\n`);
  writeFileSync(path('magpie.jsonl'), rows.map((row) => `${row.replace('"question"', '"instruction"')}\n`).join(''));
});
beforeEach(() => {
  [statusOf, asked] = [() => 200, []];
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

async function run(...words: string[]) {
  const done = await runInProcess(...words);
  return { ...done, lastLine: done.stderr.trimEnd().split('\n').at(-1) ?? '' };
}
const toModel = (directory: string) => ['--model', endpoint.model, '--run', path(directory), '--no-cache'];
const commands: Readonly<Record<string, (directory: string) => string[]>> = {
  evaluate: (directory) => ['evaluate', '--data', data, ...toModel(directory)],
  augment: (directory) => ['augment', '--technique', 'answers', '--data', data, ...toModel(directory)],
  'magpie respond': (directory) => ['magpie', 'respond', '--data', path('magpie.jsonl'), ...toModel(directory)],
};
const rowsOf = (directory: string, file: string): { readonly [field: string]: unknown }[] =>
  existsSync(path(directory, file))
    ? readFileSync(path(directory, file), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
const filesOf = (directory: string): unknown =>
  JSON.parse(readFileSync(path(directory, 'manifest.json'), 'utf8')).files;

describe.each(Object.entries(commands))('mathpie %s beside an endpoint that fails', (name, wordsFor) => {
  const folder = (kind: string): string => `${kind}-${name.replace(' ', '-')}`;

  it('asks again for what failed while the endpoint was down, and ends where it would have without', async () => {
    expect((await run(...wordsFor(folder('straight')))).exitCode).toBe(0);
    asked = [];
    statusOf = (number) => (number % 3 === 2 ? 503 : 200);
    const first = await run(...wordsFor(folder('down')));
    expect(first).toMatchObject({ exitCode: 1 });
    expect(first.lastLine).toMatch(
      /^10 of 30 calls failed \(33 %, more than --max-failed 20 %\): The endpoint \S+ failed \(503\): not so \(10\); the same command asks again for all of them$/,
    );
    [statusOf, asked] = [() => 200, []];
    const second = await run(...wordsFor(folder('down')));
    expect(second.exitCode).toBe(0);
    expect(second.stderr).not.toMatch(/failed/);
    expect(asked.sort((left, right) => left - right)).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
    const records = rowsOf(folder('down'), 'records.jsonl');
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.filter(({ status }) => status === 'failed')).toEqual([]);
    const { 'failed-earlier.jsonl': _, ...files } = filesOf(folder('down')) as { [file: string]: string };
    expect(Object.values(files)).toEqual(Object.values(filesOf(folder('straight')) as object));
  });

  it.each([
    ['a redirection to a page of maintenance', 302, /failed \(302, a redirection to \/elsewhere/],
    ['JSON that is no completion', 0, /something that is no completion/],
  ])('asks again for what %s answered in the middle', async (kind, status, reason) => {
    statusOf = (number) => (number % 10 === 4 ? status : 200);
    const first = await run(...wordsFor(folder(`middle-${status}`)));
    expect(first, kind).toMatchObject({ exitCode: 0 });
    expect(first.lastLine).toMatch(reason);
    expect(first.lastLine).toMatch(/asks again for all of them$/);
    [statusOf, asked] = [() => 200, []];
    expect((await run(...wordsFor(folder(`middle-${status}`)))).exitCode).toBe(0);
    expect(asked.sort((left, right) => left - right)).toEqual([4, 14, 24]);
  });

  it('stops where the account is empty, keeps what was answered, and asks for the rest when it is filled', async () => {
    statusOf = (number) => (number < 12 ? 200 : 402);
    const first = await run(...wordsFor(folder('empty')), '--concurrency', '2');
    expect(first.exitCode).toBe(2);
    expect(first.lastLine).toMatch(/^Cannot use .*: the endpoint asks to be paid \(402\): not so, top up the account/);
    const kept = [...asked];
    expect(kept.length).toBeGreaterThan(0);
    [statusOf, asked] = [() => 200, []];
    expect((await run(...wordsFor(folder('empty')))).exitCode).toBe(0);
    expect(asked.filter((number) => kept.includes(number))).toEqual([]);
    expect(kept.length + asked.length).toBe(count);
  });

  it('keeps what failed for good, and says so', async () => {
    statusOf = (number) => (number === 7 ? 400 : number === 9 ? 500 : 200);
    const first = await run(...wordsFor(folder('bad')));
    expect(first.exitCode).toBe(0);
    expect(first.lastLine).toMatch(
      /^2 of 30 calls failed: .*not so \(1\).*not so \(1\); the same command asks again for 1 of them, 1 failed for good$/,
    );
    [statusOf, asked] = [() => 200, []];
    const second = await run(...wordsFor(folder('bad')));
    expect(asked).toEqual([9]);
    expect(second.lastLine).toMatch(
      /^1 of 30 calls failed: The endpoint \S+ failed \(400\): not so \(1\); they failed for good$/,
    );
    const strict = await run(...wordsFor(folder('bad')), '--max-failed', '0.01');
    expect(strict.exitCode).toBe(1);
    expect(strict.lastLine).toMatch(/^1 of 30 calls failed \(3 %, more than --max-failed 1 %\)/);
  });

  it.each([400, 422, 302, 307])(
    'stops with exit code 1 where all calls are answered with %s, and keeps no failure',
    async (status) => {
      statusOf = () => status;
      const first = await run(...wordsFor(folder(`all-${status}`)));
      expect(first.exitCode).toBe(1);
      expect(first.lastLine).toMatch(new RegExp(`^Cannot go on: the first \\d+ calls all failed.* \\(${status}\\b`));
      expect(first.stdout).toBe('');
      statusOf = () => 200;
      expect((await run(...wordsFor(folder(`all-${status}`)))).exitCode).toBe(0);
      expect(asked).toHaveLength(count);
    },
  );
});

it('ends with exit code 2 where an endpoint answers nobody: no item has failed', async () => {
  const words = commands.evaluate?.('codes') ?? [];
  for (const status of [503, 429, 401, 404]) {
    statusOf = () => status;
    const { exitCode, lastLine } = await run(...words);
    expect([status, exitCode]).toEqual([status, 2]);
    const isDown = status === 503 || status === 429;
    expect(lastLine).toMatch(
      isDown ? /^Cannot go on: .*; repeat the same command when it answers$/ : /^Cannot use .*, (?:set|correct) /,
    );
  }
});

describe('mathpie evaluate', () => {
  it('leaves what nobody answered out of the accuracy, and says so everywhere', async () => {
    statusOf = (number) => (number < 3 ? 503 : number === 3 ? 400 : 200);
    const { stdout, stderr, exitCode } = await run(...(commands.evaluate?.('accuracy') ?? []));
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^100\.0 % right \(26 of 26, 95 % interval .*\), graded by mathpie; 4 failed, not counted as wrong$/m,
    );
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ n: 26, correct: 26, accuracy: 1, failed: 4, failedForGood: 1 });
    expect(JSON.parse(readFileSync(path('accuracy', 'summary.json'), 'utf8'))).toMatchObject({ n: 26, failed: 4 });
  });
});
