import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, serveEndpoint } from './__fixtures__/serve-endpoint.js';
import { runCommandLine } from './run-command-line.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-augment-'));
const path = (...parts: string[]) => join(root, ...parts);
const data = path('train.jsonl');
let endpoint: Endpoint;
/** Problems whose requests fail, and those whose first reply is cut. */
let down: readonly string[] = [];
let isCutting = false;
let asked: { readonly content: string; readonly seed: number }[] = [];

beforeAll(async () => {
  endpoint = await serveEndpoint((response, body) => {
    const { n = 1, seed, messages } = JSON.parse(body);
    const content: string = messages.at(-1).content;
    asked.push({ content, seed });
    const isDown = down.some((name) => content.includes(name));
    const reason = isCutting && content.includes('Ann3') && !content.includes('other words') ? 'length' : 'stop';
    const choices = Array.from({ length: n }, (_, index) => ({
      index,
      message: { content: write(content, seed + index) },
      finish_reason: reason,
    }));
    response.writeHead(isDown ? 400 : 200, { 'content-type': 'application/json' });
    const usage = { prompt_tokens: 9, completion_tokens: 20 * n };
    response.end(JSON.stringify(isDown ? { error: { message: 'refused', type: 'x' } } : { choices, usage }));
  });
  const rows = Array.from({ length: 12 }, (_, id) => {
    const question = `Ann${id} has ${id + 20} pens and buys 3 bags of x pens. She gives 5 away. How many pens has she?`;
    return JSON.stringify({ id: `p${id}`, question, answer: String(id + 30) });
  });
  writeFileSync(data, `${rows.join('\n')}\n`);
});
beforeEach(() => {
  [down, isCutting, asked] = [[], false, []];
});
afterAll(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true });
});

/** A wording that passes the check, a statement with the answer, or a solution that is right at times. */
function write(content: string, seed: number): string {
  const [first = ''] = content.split('\n');
  if (content.includes('in other words')) return `Version ${'i'.repeat(seed % 5)}: ${first}`;
  if (content.startsWith('Question:')) return `She has ${/^Answer: (\S+)/m.exec(content)?.[1]} pens.`;
  const gold = /^The answer to this question is (\S+)\./m.exec(content)
    ? '3'
    : String(Number(/Ann(\d+)/.exec(first)?.[1]) + 30);
  return `Work ${seed}.\nThe answer is: ${seed % 2 === 0 ? gold : 7}`;
}

async function augment(directory: string, ...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const always = ['augment', '--model', endpoint.model, '--data', data, '--dataset', 'gsm8k', '--run', path(directory)];
  const signal = new AbortController().signal;
  const exitCode = await runCommandLine({
    words: [...always, ...words],
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    signal,
  });
  return { exitCode, ...text };
}

type Row = { readonly id: string; readonly [field: string]: unknown };

function rowsOf(directory: string, name = 'graded.jsonl'): Row[] {
  const text = readFileSync(path(directory, name), 'utf8').trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
}
const byId = (rows: readonly Row[]) => [...rows].sort((left, right) => (left.id < right.id ? -1 : 1));

const everything = ['--technique', 'all', '--repeat', '2', '--on', 'rephrased', '--rephrasings', '2'];

describe('mathpie augment', () => {
  it('in parts gives, concatenated, what the whole gives, and no row twice', async () => {
    expect((await augment('whole', ...everything)).exitCode).toBe(0);
    const parts = [];
    for (const part of ['1/4', '2/4', '3/4', '4/4']) {
      const { exitCode, stderr } = await augment(`part-${part[0]}`, ...everything, '--part', part);
      expect(exitCode, stderr).toBe(0);
      expect(stderr).toMatch(new RegExp(`^Part ${part[0]} of 4: \\d+ of 12 problems$`, 'm'));
      parts.push(rowsOf(`part-${part[0]}`));
    }
    const merged = parts.flat();
    expect(Math.min(...parts.map((part) => part.length))).toBeGreaterThan(0);
    expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
    expect(byId(merged)).toEqual(byId(rowsOf('whole')));
  });

  it('gives each row its technique, prompt, model, sampling, tokens, answer, verdict, rule and original question', async () => {
    await augment('whole', ...everything);
    const rows = rowsOf('whole');
    expect(new Set(rows.map(({ type }) => type))).toEqual(
      new Set(['GSM_AnsAug', 'GSM_Rephrased', 'GSM_SV', 'GSM_FOBAR']),
    );
    const fobar = rows.find(({ type, status }) => type === 'GSM_FOBAR' && status === 'kept');
    expect(fobar).toMatchObject({
      technique: 'fobar',
      problem: expect.stringMatching(/^p\d+$/),
      original_question: expect.stringMatching(/^Ann\d+ has/),
      // the question has an x of its own
      query: expect.stringMatching(
        /^Version.*\by\b.*\nThe answer to this question is \d+\. What is the value of y\?$/s,
      ),
      prompt: 'gsm8k@2',
      on: 'rephrased',
      model: endpoint.model,
      sampling: { temperature: 0.7, topP: 1, maxTokens: 1024 },
      tokens: { prompt: expect.any(Number), completion: 20 },
      extracted: '3',
      gold: '3',
      equivalent: true,
      rule: 'answer-is/same-text',
    });
    expect(rows.filter(({ on, type }) => (on === 'rephrased') !== /SV|FOBAR/.test(String(type)))).toEqual([]);
  });

  it.each([
    ['answers', 'GSM_AnsAug'],
    ['rephrase', 'GSM_Rephrased'],
    ['self-verification', 'GSM_SV'],
    ['fobar', 'GSM_FOBAR'],
  ])('gives every row of %s its whole origin, kept or not', async (technique, type) => {
    await augment('whole', ...everything);
    const rows = rowsOf('whole').filter((row) => row.technique === technique);
    const graded = rows.filter(({ status }) => status !== 'failed');
    expect(new Set(graded.map(({ status }) => status))).toContain('wrong');
    for (const row of rows) {
      expect(row).toMatchObject({
        ...{ id: expect.stringMatching(/./), type, problem: expect.stringMatching(/^p\d+$/), prompt: 'gsm8k@2' },
        ...{ original_question: expect.stringMatching(/^Ann\d+ has/), model: endpoint.model },
        sampling: { temperature: 0.7, topP: 1, maxTokens: 1024 },
        tokens: { prompt: expect.any(Number), completion: expect.any(Number) },
      });
      expect(row.reason === null).toBe(row.status !== 'failed');
    }
    for (const { tokens, extracted, gold, equivalent, rule, query, response, status } of graded) {
      expect(tokens).toMatchObject({ completion: 20 });
      for (const text of [extracted, gold, rule, query, response]) expect(text).toMatch(/./);
      expect(equivalent).toBe(status !== 'wrong');
    }
  });

  it('--retry-failed asks for nothing but what an endpoint refused, and ends where it would have without', async () => {
    const words = ['--technique', 'fobar'];
    await augment('straight', ...words);
    down = ['Ann4 ', 'Ann7 '];
    const { exitCode } = await augment('broken', ...words);
    expect(exitCode).toBe(0);
    const failed = rowsOf('broken').filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ problem }) => problem))).toEqual(new Set(['p4', 'p7']));
    [down, asked] = [[], []];
    const { stderr } = await augment('broken', ...words, '--retry-failed');
    expect(stderr).toMatch(new RegExp(`^Failed records to be asked for again: ${failed.length}$`, 'm'));
    expect(asked.every(({ content }) => /Ann[47] /.test(content))).toBe(true);
    expect(rowsOf('broken')).toEqual(rowsOf('straight'));
    expect(rowsOf('broken', 'failed-earlier.jsonl')).toHaveLength(failed.length);
  });

  it('--retry-failed draws another text where the first was no good', async () => {
    isCutting = true;
    await augment('cut', '--technique', 'answers', '--limit', '5');
    const first = asked.find(({ content }) => content.startsWith('Ann3'));
    expect(rowsOf('cut').filter(({ reason }) => reason === 'length')).toHaveLength(1);
    [isCutting, asked] = [false, []];
    await augment('cut', '--technique', 'answers', '--limit', '5', '--retry-failed');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.content).toBe(first?.content);
    expect(asked[0]?.seed).not.toBe(first?.seed);
    expect(rowsOf('cut').filter(({ status }) => status === 'failed')).toEqual([]);
  });

  it('has nothing to grow in a part without problems', async () => {
    const { exitCode, stdout } = await augment('empty', '--technique', 'answers', '--limit', '1', '--part', '2/500');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ asked: 0, kept: 0 });
  });

  it.each([
    [
      ['--technique', 'fobar', '--part', '9/8'],
      /^Cannot use --part "9\/8": give a part and the number of parts, such as 3\/8$/m,
    ],
    [['--technique', 'fobar', '--part', '0/8'], /^Cannot use --part "0\/8"/],
    [['--technique', 'fobar', '--part', 'third'], /^Cannot use --part "third"/],
    [['--technique', 'answers', '--on', 'rephrased'], /^Cannot use --on rephrased with --technique answers: it is for/],
    [['--technique', 'fobar', '--retry-failed', '--dry-run'], /^Cannot use --retry-failed in a dry run/],
    [['--technique', 'fobar', '--prompts', 'gsm'], /^Cannot load prompt set "gsm": unknown, choose one of bare, gsm8k/],
  ])('%j is refused with one line', async (words, line) => {
    const { exitCode, stderr } = await augment('bad', ...words);
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(2);
    expect(existsSync(path('bad', 'records.jsonl'))).toBe(false);
  });

  it('refuses to continue with other prompts or another part', async () => {
    await augment('bound', '--technique', 'answers', '--limit', '2');
    const { stderr } = await augment('bound', '--technique', 'answers', '--limit', '2', '--prompts', 'instruct');
    expect(stderr).toMatch(/prompts: "?gsm8k@2"? → "?instruct@2"?/);
  });
});
