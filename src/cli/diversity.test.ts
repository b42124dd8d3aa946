import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeEmbeddings } from './__fixtures__/write-embeddings.js';
import { runCommandLine } from './run-command-line.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-diversity-'));
const path = (name: string) => join(root, name);
afterAll(() => rmSync(root, { recursive: true }));

const write = (name: string, rows: readonly object[]) => {
  writeFileSync(path(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path(name);
};
const row = (query: string, type: string, answer = 7) => ({ query, response: `The answer is: ${answer}`, type });
const base = write('base.jsonl', [row('Tom has 3 pens.', 'GSM_AnsAug'), row('A train goes 60 miles.', 'GSM_AnsAug')]);
const added = write('new.jsonl', [
  row('Tom has 3 pens.', 'GSM_AnsAug'),
  row('Tom has 3 pens.', 'GSM_AnsAug', 8),
  row('Zebras graze on quiet meadows at dawn.', 'GSM_Rephrased'),
]);
const vectors = {
  base: writeEmbeddings(path('base'), { ids: ['a', 'b'], vectors: [0, 0, 1, 0] }),
  added: writeEmbeddings(path('added'), {
    ids: ['new.jsonl:1', 'new.jsonl:2', 'new.jsonl:3'],
    vectors: [0, 0, 0, 1, 3, 0],
  }),
  wide: writeEmbeddings(path('wide'), { ids: ['a'], vectors: [0, 0, 1] }),
};

async function diversity(...words: string[]) {
  const text = { stdout: '', stderr: '' };
  const writer = (name: keyof typeof text) => ({ write: (part: string) => (text[name] += part) });
  const signal = new AbortController().signal;
  const stdio = { stdout: writer('stdout'), stderr: writer('stderr') };
  const exitCode = await runCommandLine({ words: ['diversity', ...words], ...stdio, signal });
  return { exitCode, ...text };
}
const parse = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('mathpie diversity', () => {
  it('measures by words, says so, and tells the types apart', async () => {
    const { exitCode, stdout, stderr } = await diversity('--base', base, '--new', added);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [all, answers, rephrased] = parse(stdout);
    expect(all).toMatchObject({ type: 'all', n: 3, base: 2, embedding: expect.stringMatching(/^lexical hashing/) });
    expect(answers).toMatchObject({ type: 'GSM_AnsAug', n: 2, repeated: 0.5 });
    expect(rephrased.gain).toBeGreaterThan(answers.gain);
    expect(stderr).toMatch(/^3 of 3 new rows against 2, by lexical hashing \(no model\), question and solution\n/);
    expect(stderr).toMatch(/type +rows +gain +95 % interval +in the base/);
  });

  it('compares questions alone on request: new answers add nothing then', async () => {
    const { stdout } = await diversity('--base', base, '--new', added, '--text', 'question');
    expect(parse(stdout)[1]).toMatchObject({ type: 'GSM_AnsAug', gain: 0, repeated: 1 });
  });

  it('measures by embeddings, names their model, and draws', async () => {
    const figure = path('gains.svg');
    const words = ['--base-embeddings', vectors.base, '--new-embeddings', vectors.added, '--new', added];
    const { stdout, stderr } = await diversity(...words, '--figure', figure);
    expect(parse(stdout)).toMatchObject([
      { type: 'all', n: 3, gain: expect.closeTo(5 / 3), embedding: 'tiny-model' },
      { type: 'GSM_AnsAug', gain: 0.5 },
      { type: 'GSM_Rephrased', gain: 4 },
    ]);
    expect(stderr).toContain(`Wrote ${figure}`);
    expect(readFileSync(figure, 'utf8')).toMatch(/^<svg .*Diversity gain by augmentation type/);
  });

  it('draws as many new rows as asked for, the same by the same seed', async () => {
    const words = ['--base', base, '--new', added, '--sample', '2', '--seed', '4'];
    const { stdout } = await diversity(...words);
    expect(parse(stdout)[0]).toMatchObject({ n: 2, seed: 4 });
    expect((await diversity(...words)).stdout).toBe(stdout);
  });

  it.each([
    [['--base', base], /: it needs --base FILE and --new FILE, or the embeddings of both$/],
    [['--base-embeddings', 'x'], /belong together; give both$/],
    [['--base', base, '--new', added, '--model', 'x'], /: --model and --run belong together; give both$/],
    [
      ['--base-embeddings', 'x', '--new-embeddings', 'y', '--model', 'm', '--run', 'r'],
      /the embeddings are there already; leave out --model and --run$/,
    ],
    [['--base', base, '--new', added, '--figure', 'x.png'], /: --figure x\.png is neither \.svg nor \.json$/],
    [['--base', base, '--base-embeddings', 'x', '--new-embeddings', 'y'], /leave it out$/],
    [['--base', 'absent.jsonl', '--new', added], /^Cannot read absent\.jsonl: no such file; check the path$/],
    [['--base-embeddings', 'x', '--new-embeddings', 'y'], /^Cannot read x.*: no such file; check the path$/],
    [
      ['--base-embeddings', vectors.base, '--new-embeddings', vectors.wide],
      /of 3 and of 2 dimensions: embed both with/,
    ],
    [
      ['--base-embeddings', vectors.base, '--new-embeddings', vectors.added, '--new', base],
      /it has no row "new\.jsonl/,
    ],
  ])('refuses %j in one line', async (words, line) => {
    const { exitCode, stdout, stderr } = await diversity(...words);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr.trimEnd()).toMatch(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});
