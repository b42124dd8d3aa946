import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyLine } from './__fixtures__/only-line.js';
import { runInProcess as run } from './__fixtures__/run-in-process.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-assemble-'));
const path = (name: string) => join(directory, name);
const out = path('out.jsonl');

beforeAll(() => {
  mkdirSync(path('run'));
  mkdirSync(path('empty'));
  const row = (pens: number, isRight: boolean) => ({
    query: `Ann has ${pens} pens and finds as many. How many now?`,
    response: `${pens} + ${pens} = ${2 * pens}.\nThe answer is \\boxed{${2 * pens}}.`,
    type: 'POCKET_AnsAug',
    gold: String(2 * pens),
    extracted: String(2 * pens),
    equivalent: isRight,
    rule: 'boxed/same-text',
  });
  const rows = [row(3, true), row(4, true), row(5, true), row(6, false)];
  writeFileSync(path('run/graded.jsonl'), rows.map((one) => JSON.stringify(one)).join('\n'));
  writeFileSync(path('bad.jsonl'), `${JSON.stringify(row(3, true))}\n{"query": "What\n`);
  writeFileSync(path('test.jsonl'), JSON.stringify({ id: 'five', question: row(5, true).query }));
  writeFileSync(path('no-question.jsonl'), '{"id": 1, "text": "What?"}');
  const recipe = { name: 'small', version: 1, description: 'x', types: { POCKET_AnsAug: { rows: 3 } } };
  writeFileSync(path('recipe.json'), JSON.stringify(recipe));
  writeFileSync(path('key.json'), JSON.stringify({ ...recipe, decontaminate: {} }));
  writeFileSync(path('nested.json'), JSON.stringify({ ...recipe, duplicates: { threshhold: 0.9 } }));
  writeFileSync(path('blank.json'), JSON.stringify({ ...recipe, types: { '': { rows: 3 } } }));
  writeFileSync(path('other.json'), JSON.stringify({ ...recipe, types: { POCKET_SV: { rows: 3 } } }));
  writeFileSync(path('torn.json'), '{"name": ');
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('mathpie assemble', () => {
  it('writes the rows, the report beside them, and a table', async () => {
    const words = ['--recipe', path('recipe.json'), '--run', path('run'), '--test', path('test.jsonl'), '--out', out];
    const { exitCode, stdout, stderr } = await run('assemble', ...words);
    expect(exitCode).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      '  type           read  checked  clean  unique  distinct   yield  wanted  written',
      '  POCKET_AnsAug     4        3      2       2         2  50.0 %       3        2',
      'checked answer: 4 → 3 rows (1 wrong)',
      'decontamination: 3 → 2 rows (1 contaminated)',
      'exact duplicates: 2 → 2 rows (none dropped)',
      'near-duplicates: 2 → 2 rows (none dropped)',
      'quotas: 2 → 2 rows (none dropped)',
      `1 row overlaps with a test item; first ${path('run/graded.jsonl')}:3 with five of ${path('test.jsonl')}: "Ann has 5 pens and finds as many. How many now?"`,
      'POCKET_AnsAug falls short: 2 of 3 rows, 1 too few; at this yield some 2 more rows are needed beside the 4',
      `Wrote 2 of 4 rows to ${out} (recipe small, seed 0) and the report to ${out}.report.json`,
      `The card is ${path('README.md')}`,
      'The card says the licence other: not known is that of problems whose source is not recorded, text of a model that is not recorded; choose one by --licence',
    ]);
    const card = readFileSync(path('README.md'), 'utf8');
    for (const text of [
      '| POCKET_AnsAug | 2 |',
      '| decontamination | 3 | 2 | contaminated 1 |',
      'Test set kept apart: `test.jsonl`',
    ])
      expect(card).toContain(text);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'POCKET_AnsAug', wanted: 3, written: 2, short: 1 });
    expect(JSON.parse(readFileSync(`${out}.report.json`, 'utf8'))).toMatchObject({ read: 4, written: 2 });
    rmSync(out);
  });

  it.each([
    [
      'a run that is not there',
      [],
      ['--run', 'runs/absent'],
      /^Cannot assemble run runs\/absent: there is no such directory; check --run$/,
    ],
    [
      'a run without rows',
      [],
      ['--run', path('empty')],
      /^Cannot assemble run .*: it holds no rows yet, let mathpie augment finish in it; check --run$/,
    ],
    ['no rows at all', [], [], /^Cannot assemble: no rows are named; give --run DIR or --data FILE$/],
    [
      'a file that is not there',
      [],
      ['--data', 'absent.jsonl'],
      /^Cannot read absent\.jsonl: no such file; check the path$/,
    ],
    [
      'a line that is no JSON',
      [],
      ['--data', path('bad.jsonl')],
      /^Cannot use .*bad\.jsonl:2: not JSON \(starts with ".*"\); mend it, or pass --skip-bad to leave it out$/,
    ],
    [
      'a recipe that is not there',
      ['poket'],
      ['--run', path('run')],
      /^Cannot read recipe poket: it is no file, and no name in configs\/recipes \(nearest: pocket\); check the path$/,
    ],
    [
      'a recipe that is no JSON',
      [path('torn.json')],
      ['--run', path('run')],
      /^Cannot use recipe .*torn\.json: not valid JSON \(.*\); correct the file$/,
    ],
    [
      'a wrong key',
      [path('key.json')],
      ['--run', path('run')],
      /^Cannot use recipe .*key\.json: decontaminate: unknown key \(nearest: decontamination\); correct it, docs\/assembling\.md lists every key$/,
    ],
    [
      'a wrong key further in',
      [path('nested.json')],
      ['--run', path('run')],
      /^Cannot use recipe .*: duplicates\.threshhold: unknown key \(nearest: threshold\);/,
    ],
    [
      'an empty name of a type',
      [path('blank.json')],
      ['--run', path('run')],
      /^Cannot use recipe .*blank\.json: types.*the name of a type is empty;/,
    ],
    [
      'a type to leave out that there is not',
      [],
      ['--run', path('run'), '--without', 'FOBAR'],
      /^Cannot assemble small: --without FOBAR is none of its types; choose among POCKET_AnsAug$/,
    ],
    [
      'a type without a row',
      [path('other.json')],
      ['--run', path('run')],
      /^Cannot assemble small: no row is of type POCKET_SV \(there are "POCKET_AnsAug"\); name the runs that grew it, or use --allow-empty$/,
    ],
    [
      'a test set without questions',
      [],
      ['--run', path('run'), '--test', path('no-question.jsonl')],
      /^Cannot use test set .*no-question\.jsonl:1: none of the fields question, query, problem, .* holds a question; mend the line$/,
    ],
  ])('refuses %s in one line', async (_, [recipe = path('recipe.json')], words, line) => {
    const { exitCode, stdout, stderr } = await run('assemble', '--recipe', recipe, ...words, '--out', out);
    expect(onlyLine(stderr)).toMatch(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(existsSync(out)).toBe(false);
  });

  it('mixes fewer types and rows on request, and takes a part of what the whole would', async () => {
    const words = ['--recipe', path('recipe.json'), '--run', path('run'), '--only', 'AnsAug'];
    const { exitCode, stderr } = await run('assemble', ...words, '--size', '1', '--out', path('one.jsonl'));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    await run('assemble', ...words, '--size', '2', '--out', path('two.jsonl'));
    const [one, two] = [readFileSync(path('one.jsonl'), 'utf8'), readFileSync(path('two.jsonl'), 'utf8')];
    expect(one.trimEnd().split('\n')).toHaveLength(1);
    expect(two).toContain(one);
    expect(JSON.parse(readFileSync(path('one.jsonl.report.json'), 'utf8')).recipe).toMatchObject({
      name: 'small, only AnsAug, 1 rows',
      types: { POCKET_AnsAug: { rows: 1 } },
    });
  });

  it('goes on without a type where that is allowed', async () => {
    const words = ['--recipe', path('other.json'), '--run', path('run'), '--out', out, '--allow-empty'];
    const { exitCode, stderr } = await run('assemble', ...words);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('POCKET_SV falls short: 0 of 3 rows, 3 too few\n');
    expect(stderr).toContain('No test set was named, so that nothing was decontaminated; name one with --test');
  });
});
