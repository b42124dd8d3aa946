import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { type AssembleOptions, assemble } from './assemble-rows.js';
import { parseRecipe } from './recipe.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assemble-'));
});
afterEach(() => rmSync(directory, { recursive: true }));
const path = (name: string) => join(directory, name);

const story = (count: number): string =>
  `Ann walks to the market by the river with ${count} baskets of pears and sells them for 3 dollars each. How much is that?`;
const row = (count: number, change: object = {}) => ({
  id: `r${count}`,
  query: story(count),
  response: `Each basket brings 3 dollars, hence ${count} * 3 = ${3 * count}.\nThe answer is \\boxed{${3 * count}}.`,
  type: 'GSM_AnsAug',
  original_question: story(count),
  gold: String(3 * count),
  extracted: String(3 * count),
  equivalent: true,
  rule: 'boxed/exact-number',
  status: 'kept',
  ...change,
});
const recipe = (change: object = {}) =>
  parseRecipe(
    { name: 'x', version: 1, description: 'x', types: { GSM_AnsAug: { rows: 100 } }, ...change },
    { file: 'r.json' },
  );

async function run(rows: readonly object[], options: Partial<AssembleOptions> = {}) {
  writeFileSync(path('rows.jsonl'), rows.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const given = {
    recipe: recipe(),
    files: [path('rows.jsonl')],
    out: path('out.jsonl'),
    dropped: path('dropped.jsonl'),
  };
  const report = await assemble({ ...given, ...options });
  const read = (name: string) =>
    readFileSync(path(name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    report,
    written: read('out.jsonl'),
    dropped: read('dropped.jsonl'),
    bytes: readFileSync(path('out.jsonl'), 'utf8'),
  };
}

describe('assemble({recipe, files, out})', () => {
  it('keeps id, subject and level of the problem', async () => {
    const known = { problem: 'train.jsonl:4', subject: 'Algebra', level: 3 };
    const { written } = await run([row(4, known), row(5, { problem: 'p5', subject: null, level: null })]);
    expect(written[0]).toMatchObject(known);
    expect(written[1]).toMatchObject({ problem: 'p5' });
    expect(written[1]).not.toHaveProperty('subject');
  });

  it('writes MetaMathQA’s four fields with the answer in the last line', async () => {
    const { written, report } = await run([row(4)]);
    expect(written).toEqual([
      {
        query: story(4),
        response: 'Each basket brings 3 dollars, hence 4 * 3 = 12.\nThe answer is: 12',
        type: 'GSM_AnsAug',
        original_question: story(4),
      },
    ]);
    expect(report).toMatchObject({ read: 1, written: 1, output: { rows: 1 }, rules: { 'boxed/exact-number': 1 } });
  });

  it.each([
    ['wrong', row(4, { equivalent: false })],
    ['left-out', row(4, { status: 'failed', response: null, equivalent: null })],
    ['left-out', row(4, { query: '' })],
    ['duplicate-question', row(4, { status: 'duplicate', query: null, response: null, equivalent: null })],
    ['unverified', row(4, { rule: 'boxed/rounded-decimal' })],
    ['unverified', row(4, { rule: 'number/exact-number' })],
    ['two-answers', row(4, { response: 'So $\\boxed{12}$. The answer is 13.' })],
    ['no-work', row(4, { response: 'The answer is 12.' })],
    ['ungraded', row(4, { equivalent: null, gold: null })],
    ['other-type', row(4, { type: 'MATH_SV' })],
    ['other-type', row(4, { type: null })],
    ['exact-duplicate', { ...row(5), query: `${story(5)}  ` }],
    ['near-duplicate', row(5, { response: `${row(5).response}`.replace('hence', 'so') })],
  ])('leaves out a row as %s', async (reason, bad) => {
    const settings = recipe({ duplicates: { threshold: 0.7 } });
    const { report, written, dropped } = await run([row(5), bad], { recipe: settings });
    expect(written).toHaveLength(1);
    expect(dropped).toMatchObject([{ reason, row: `${path('rows.jsonl')}:2` }]);
    expect(report.stages.flatMap((stage) => Object.entries(stage.dropped))).toEqual([[reason, 1]]);
  });

  it('leaves out rows with a broken line of work only where the recipe wants all lines to hold', async () => {
    const bad = row(6, { response: 'Each basket brings 3 dollars, hence 6 * 3 = 17 and so \\boxed{18}.' });
    const rows = [row(5), bad, { ...row(7), brokenSteps: 1 }];
    expect((await run(rows)).written).toHaveLength(3);
    const settings = recipe({ verified: { steps: 'hold' } });
    const { report, written } = await run(rows, { recipe: settings });
    expect(written).toHaveLength(1);
    expect(report.stages[0]?.dropped).toEqual({ 'broken-steps': 2 });
  });

  it.each([
    ['another number', row(6)],
    [
      'another way of solving',
      row(5, { response: 'Three dollars five times: 3 + 3 + 3 + 3 + 3 = 15, so \\boxed{15}.' }),
    ],
    ['no verdict but a gold answer', { ...row(6), equivalent: undefined }],
  ])('keeps a row with %s', async (_, other) => {
    expect((await run([row(5), other])).written).toHaveLength(2);
  });

  it('keeps rows without a verdict where the recipe says so', async () => {
    const settings = recipe({ verified: { ungraded: 'keep' } });
    const { query, response, type } = row(4);
    expect((await run([{ query, response, type }], { recipe: settings })).written).toHaveLength(1);
  });

  it('names the test item, the field and the shared words of a leaked row', async () => {
    writeFileSync(
      path('test.jsonl'),
      `${JSON.stringify({ question: story(7) })}\n${JSON.stringify({ id: 't', question: 'What?' })}`,
    );
    const rows = [row(7), row(8, { query: 'How many dollars?', original_question: story(7) }), row(9)];
    const { report, written } = await run(rows, { tests: [path('test.jsonl')] });
    const shared = 'baskets of pears and sells them for 3 dollars each. How much is that';
    expect(report.contaminated).toMatchObject([
      { row: `${path('rows.jsonl')}:1`, field: 'query', testItem: 'test.jsonl:1', kind: 'same', text: story(7) },
      { field: 'original_question', testItem: 'test.jsonl:1', kind: 'same' },
      { field: 'query', testFile: path('test.jsonl'), kind: 'overlap', text: shared },
    ]);
    expect(report.tests).toMatchObject([{ items: 2 }]);
    expect(written).toEqual([]);
  });

  it('draws the wanted rows by seed, whatever the order and the files they come in', async () => {
    const rows = Array.from({ length: 60 }, (_, count) => row(count + 2));
    const settings = { recipe: recipe({ types: { GSM_AnsAug: { rows: 20 } } }) };
    const { bytes, report, dropped } = await run(rows, settings);
    expect((await run(rows, settings)).bytes).toBe(bytes);
    expect(dropped.map(({ reason }) => reason)).toEqual(Array(40).fill('quota'));
    expect(report.types).toMatchObject([{ read: 60, available: 60, wanted: 20, written: 20, short: 0, yield: 1 }]);
    expect((await run([...rows].reverse(), settings)).bytes.split('\n').sort()).toEqual(bytes.split('\n').sort());
    expect((await run(rows, { ...settings, seed: 9 })).bytes).not.toBe(bytes);
  });

  it('says how many rows a type falls short', async () => {
    const { report } = await run([row(4), row(5, { equivalent: false })]);
    expect(report.types).toMatchObject([{ available: 1, wanted: 100, written: 1, short: 99, yield: 0.5 }]);
  });

  it('reads run directories, graded rows before kept ones, and arrays', async () => {
    for (const name of ['one', 'two']) mkdirSync(path(name));
    writeFileSync(
      path('one/graded.jsonl'),
      [row(4), row(5, { equivalent: false })].map((one) => JSON.stringify(one)).join('\n'),
    );
    writeFileSync(path('one/rows.jsonl'), JSON.stringify(row(4)));
    writeFileSync(path('two/rows.jsonl'), JSON.stringify(row(6)));
    writeFileSync(path('array.json'), JSON.stringify([row(7)], null, 2));
    const { report } = await run([], { runs: [path('one'), path('two')], files: [path('array.json')] });
    expect(report.inputs.map(({ rows }) => rows)).toEqual([2, 1, 1]);
    expect(report.written).toBe(3);
  });

  it.each([
    [
      'a run that is not there',
      { runs: ['absent'] },
      /^Cannot assemble run absent: there is no such directory; check runs$/,
    ],
    [
      'a run without rows',
      { runs: [import.meta.dirname] },
      /it holds no rows yet, let mathpie augment finish in it; check runs$/,
    ],
    ['no input', { files: [] }, /^Cannot assemble: no rows are named; give runs DIR or files FILE$/],
    [
      'a recipe that is not there',
      { recipe: 'metamathqa-40' },
      /^Cannot read recipe metamathqa-40: it is no file, .*nearest: metamathqa-40k/,
    ],
    [
      'a type without rows',
      { recipe: recipe({ types: { GSM_SV: { rows: 1 } } }) },
      /no row is of type GSM_SV \(there are "GSM_AnsAug"\)/,
    ],
    [
      'a test set that is not there',
      { tests: ['absent.jsonl'] },
      /^Cannot read absent\.jsonl: no such file; check the path$/,
    ],
  ])('refuses %s and leaves the earlier file alone', async (_, options: Partial<AssembleOptions>, message) => {
    writeFileSync(path('out.jsonl'), 'before');
    const work = run([row(4)], options);
    await expect(work).rejects.toThrow(InputError);
    await expect(work).rejects.toThrow(message);
    expect(readFileSync(path('out.jsonl'), 'utf8')).toBe('before');
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('names a bad line, or counts it', async () => {
    const file = path('bad.jsonl');
    writeFileSync(file, `${JSON.stringify(row(4))}\n{"query": \n`);
    await expect(run([], { files: [file] })).rejects.toThrow(`Cannot use ${file}:2: not JSON`);
    expect((await run([], { files: [file], skipBad: true })).report).toMatchObject({ badLines: 1, written: 1 });
  });

  it('stops on a signal', async () => {
    const work = run([row(4)], { signal: AbortSignal.abort() });
    await expect(work).rejects.toThrow();
    expect(readdirSync(directory)).toEqual(['rows.jsonl']);
  });
});
