import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tellNames } from '../../name-setting.js';
import { readGradedRows, readGrader } from '../../runs/read-graded-rows.js';
import { readManifest } from '../../runs/read-manifest.js';
import { withRun } from '../../runs/with-run.js';
import { compareRuns } from '../compare-runs.js';
import { formatBreakdown } from '../format-accuracy.js';
import type { GradedRow } from '../graded-row.js';
import { type ImportOptions, importResults } from './import-results.js';
import { parseOnly } from './only-rows.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fixture = (name: string): string => join(import.meta.dirname, '__fixtures__', name);
const write = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const names = { question: 'q', gold: 'g', response: 'r' };

describe('importResults(files, { run })', () => {
  const run = join(folder, 'run');

  it('leaves what an evaluation leaves, and the changed verdicts', async () => {
    const { rows, files } = await importResults(fixture('output-rs0.jsonl'), { run });
    expect(files.map((file) => file.slice(run.length + 1))).toEqual([
      'graded.jsonl',
      'summary.json',
      'disagreements.jsonl',
    ]);
    expect(await readGradedRows<GradedRow>(run)).toEqual(rows);
    expect(await readGrader(run)).toBe('mathpie');
    expect((await readManifest(run)).artifacts).toEqual([
      { name: 'graded', file: 'graded.jsonl', rows: 5, stage: 'import' },
    ]);
    const summary = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8'));
    expect(summary).toMatchObject({ n: 5, correct: 4, upstream: { n: 5, correct: 2 } });
    expect(summary.by.questionThird.map(({ value }: { value: string }) => value)).toEqual(['short', 'medium', 'long']);
    const changed = readFileSync(join(run, 'disagreements.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(changed.map(({ b }) => b.reason)).toEqual(Array(2).fill('wrong by NeMo-Skills symbolic_correct'));
    expect(compareRuns(rows, rows).difference).toBe(0);
  });

  it('does the same again, and refuses other files in the same directory', async () => {
    await importResults(fixture('output-rs0.jsonl'), { run });
    await expect(importResults(fixture('output-rs1.jsonl'), { run, preset: 'hendrycks' })).rejects.toThrow(
      'another configuration',
    );
  });

  it('leaves a directory alone that holds another evaluation', async () => {
    const other = join(folder, 'other');
    await withRun({ directory: other, stage: 'evaluate', config: { seed: 0 } }, async (opened) => {
      await opened.leave({ name: 'graded', file: 'graded.jsonl' }, [{ problem: 'kept', correct: true }]);
      await opened.finish({});
    });
    const refused = importResults(fixture('inspect.json'), { run: other });
    await expect(refused).rejects.toThrow('it holds what evaluate left; give a directory of its own');
    expect(await readGradedRows(other)).toEqual([{ problem: 'kept', correct: true }]);
  });

  it("reads Python's NaN and Infinity as values that are not known, and leaves texts alone", async () => {
    const file = write(
      'nan.jsonl',
      '{"q":"NaN \\"?","g":"3","r":"NaN, -Infinity, 3","score":NaN,"more":[-Infinity,Infinity]}\n',
    );
    const { rows } = await importResults(file, names);
    expect(rows).toMatchObject([{ question: 'NaN "?', response: 'NaN, -Infinity, 3' }]);
    const long = 'x\\"'.repeat(2_000_000);
    const text = write('long-nan.jsonl', `{"q":"1?","g":"3","r":"${long} 3","score":NaN}\n`);
    expect((await importResults(text, names)).rows[0]?.response).toHaveLength(4_000_002);
  });

  it('keeps the verdict of a harness whose rows hold no text', async () => {
    const file = write('bare.jsonl', '{"id":"a","ok":true}\n{"id":"b","ok":0}\n');
    const { rows, summary } = await importResults(file, { correct: 'ok' });
    expect(rows).toMatchObject([
      { problem: 'a', correct: true, rule: 'upstream' },
      { problem: 'b', correct: false, rule: 'upstream' },
    ]);
    expect(summary).toMatchObject({ grader: 'field ok', correct: 1, upstream: { n: 2, correct: 1 } });
    expect(summary.second).toBeUndefined();
  });

  it('accepts any of several right answers', async () => {
    const file = write('several.jsonl', '{"q":"x?","g":["2","two"],"r":"So it is \\\\boxed{two}."}\n');
    expect((await importResults(file, names)).rows).toMatchObject([{ correct: true, gold: '2 or two' }]);
  });

  it('needs no names for rows as mathpie grade takes them', async () => {
    const file = write('own.jsonl', '{"question":"x?","gold":"3","response":"\\\\boxed{3}","level":2}\n');
    expect((await importResults(file)).rows).toMatchObject([{ correct: true, gold: '3', question: 'x?', level: 2 }]);
  });

  it('claims no tokens of thoughts that nobody counted', async () => {
    const { summary } = await importResults(fixture('inspect.eval'));
    expect(formatBreakdown(summary).join('\n')).toContain(
      'Thinking in 5 of 5 answers: nobody counted its tokens; 0 cut',
    );
  });

  it('goes into objects by a dot, and takes a field whose name has one', async () => {
    const file = write('deep.jsonl', '{"q":"x?","a":{"gold":3},"out.text":"\\\\boxed{3}"}\n');
    const { rows } = await importResults(file, { question: 'q', gold: 'a.gold', response: 'out.text' });
    expect(rows).toMatchObject([{ correct: true, gold: '3' }]);
  });
});

describe('importResults refuses in one line', () => {
  const bad: readonly {
    readonly what: string;
    readonly file: () => string;
    readonly options?: ImportOptions;
    readonly says: string;
  }[] = [
    {
      what: 'an unknown shape',
      file: () => write('odd.jsonl', '{"foo":1}\n'),
      says: 'its fields (foo) are of no known harness',
    },
    {
      what: 'a torn line',
      file: () => write('torn.jsonl', '{"q":"a","g":"1","r":"1"}\n{"q":\n'),
      options: names,
      says: 'torn.jsonl:2: not JSON',
    },
    {
      what: 'a missing field',
      file: () => write('lack.jsonl', '{"q":"a","g":"1"}\n'),
      options: names,
      says: 'lack.jsonl:1: it has no field "r"',
    },
    {
      what: 'a share as a verdict',
      file: () => write('share.jsonl', '{"q":"a","ok":0.5}\n'),
      options: { question: 'q', correct: 'ok' },
      says: '"ok" is neither right nor wrong: 0.5',
    },
    {
      what: 'a ragged CSV',
      file: () => write('ragged.csv', 'q,g,r\na,1,"1, so"\nb,2\n'),
      options: names,
      says: 'ragged.csv:2: it has 2 values where the head names 3',
    },
    { what: 'a damaged Parquet', file: () => write('damaged.parquet', 'PAR1 and nothing else'), says: 'as Parquet: ' },
    {
      what: 'another archive',
      file: () => write('other.eval', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')),
      says: 'it holds no samples/*.json',
    },
    {
      what: 'a log without samples',
      file: () => write('head.json', '{\n"version":2,"status":"success","eval":{}}'),
      says: 'it has no samples',
    },
    {
      what: 'totals of every_eval_ever',
      file: () => write('totals.json', '{\n"schema_version":"0.2.2","evaluation_id":"a"}'),
      says: 'it holds totals alone',
    },
    {
      what: 'a large file that was not fetched',
      file: () => write('details.parquet', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n'),
      says: 'is a pointer of Git LFS, which stands for the file; fetch the file itself with git lfs pull',
    },
    { what: 'an empty file', file: () => write('empty.jsonl', ''), says: 'there is no answer in it' },
    { what: 'no file', file: () => join(folder, 'nowhere.jsonl'), says: 'no such file' },
    {
      what: 'two questions of one id',
      file: () => write('twice.jsonl', '{"id":1,"q":"a?","g":"1","r":"1"}\n{"id":1,"q":"another?","g":"2","r":"2"}\n'),
      options: names,
      says: '"1" is the id of two questions',
    },
    {
      what: 'two questions of one id and one length',
      file: () => write('alike.jsonl', '{"id":1,"q":"1+1?","g":"2","r":"2"}\n{"id":1,"q":"1+2?","g":"3","r":"3"}\n'),
      options: names,
      says: 'alike.jsonl:2: "1" is the id of two questions',
    },
    {
      what: 'two gold answers of one id, where no question is there',
      file: () => write('golds.jsonl', '{"id":1,"g":"2","r":"2"}\n{"id":1,"g":"3","r":"3"}\n'),
      options: { gold: 'g', response: 'r' },
      says: 'golds.jsonl:2: "1" is the id of two questions',
    },
    {
      what: 'a response that is no text',
      file: () => write('list.jsonl', '{"q":"a","g":"1","r":["1","2"]}\n'),
      options: names,
      says: 'list.jsonl:1: "r" is neither text nor a number: ["1","2"]',
    },
    {
      what: 'a gold answer that is no text, beside a verdict',
      file: () => write('truth.jsonl', '{"q":"a","g":true,"r":"1","ok":true}\n'),
      options: { ...names, correct: 'ok' },
      says: 'truth.jsonl:1: "g" is neither text nor a number: true',
    },
    {
      what: 'a field that is there and empty',
      file: () => write('null.jsonl', '{"q":"a","g":"1","r":null}\n'),
      options: names,
      says: 'null.jsonl:1: its field "r" is null',
    },
    {
      what: 'a head of two columns of one name',
      file: () => write('head.csv', 'q,q,g,r\na,b,1,1\n'),
      options: names,
      says: 'its head names "q" twice',
    },
    {
      what: 'an array with something else in it',
      file: () => write('mixed.json', '[{"q":"a","g":"1","r":"1"}, 3]'),
      options: names,
      says: 'mixed.json:2: a JSON number where an object belongs',
    },
    {
      what: 'an array that was cut between two rows',
      file: () => write('cut.json', '[{"q":"a","g":"1","r":"1"},\n'),
      options: names,
      says: 'cut.json:2: not JSON (starts with "end of the file, where ] is missing")',
    },
    {
      what: 'an archive that was cut between two samples',
      file: () => write('torn.eval', readFileSync(fixture('inspect.eval')).subarray(0, 1500)),
      says: 'torn.eval:4: the archive has no end, so that samples may lack; give a whole copy; or pass skipBad',
    },
    {
      what: 'several models, with the words that choose one',
      file: () => fixture('matharena.parquet'),
      says: 'choose one, such as with only model_name=tiny/invented-1',
    },
    {
      what: 'a choice that no row meets',
      file: () => fixture('matharena.parquet'),
      options: { only: { field: 'model_name', value: 'other' } },
      says: 'no row has model_name=other, but tiny/invented-1, tiny/invented-2; choose another with only',
    },
    {
      what: 'a choice by a field that is not there',
      file: () => write('field.jsonl', '{"q":"a","g":"1","r":"1"}\n'),
      options: { ...names, only: { field: 'model', value: 'm' } },
      says: 'no row has a field "model"; choose another with only',
    },
  ];
  it.each(bad)('$what', async ({ file, options, says }) => {
    const error = await importResults(file(), options).catch((caught: unknown) => caught);
    expect(String(error)).toContain(says);
    expect(String(error)).not.toContain('\n');
  });

  it('unless bad rows are to be left out: they are counted, and the rest is there', async () => {
    const file = write(
      'some.jsonl',
      '{"q":"a","g":"1","r":"1"}\n{"q":\n{"q":"b","g":"2"}\n{"q":"c","g":"3","r":"4"}\n',
    );
    const { rows, bad } = await importResults(file, { ...names, skipBad: true });
    expect(rows.map(({ correct }) => correct)).toEqual([true, false]);
    expect(bad.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('rows of a CSV with too few values among them, and an archive without its end', async () => {
    const file = write('ragged-too.csv', 'q,g,r\na,1,1\nb,2\nc,3,4\n');
    const { rows, bad } = await importResults(file, { ...names, skipBad: true });
    expect([rows.length, bad.map(({ line, reason }) => [line, reason])]).toEqual([
      2,
      [[2, 'it has 2 values where the head names 3']],
    ]);
    const torn = write('torn-too.eval', readFileSync(fixture('inspect.eval')).subarray(0, 1500));
    expect((await importResults(torn, { skipBad: true })).rows).toHaveLength(3);
  });

  it('chooses rows by a field of an object too', async () => {
    const only = { field: 'eval.model', value: 'tiny/invented-1' };
    expect((await importResults(fixture('inspect.eval'), { only })).rows).toHaveLength(5);
  });

  it('tells where ids are of answers and not of questions', async () => {
    const line = (id: number, question: string): string =>
      `${JSON.stringify({ id, q: question, g: '1', r: '\\boxed{1}' })}\n`;
    const notes: string[] = [];
    const file = write('answers.jsonl', `${line(1, 'a?')}${line(2, 'a?')}${line(3, 'b?')}`);
    await importResults(file, { ...names, onNote: (note) => notes.push(note) });
    expect(notes.map((note) => tellNames(note, (name) => name))).toEqual([
      '3 ids are of 2 different questions; where they are answers to the same question, name the question with id, so that the interval counts them as samples',
    ]);
    await importResults(file, { ...names, id: 'q', onNote: (note) => notes.push(note) });
    expect(notes).toHaveLength(1);
  });

  it('a choice of rows that is none', () => {
    expect(parseOnly('model=a=b')).toEqual({ field: 'model', value: 'a=b' });
    expect(() => parseOnly('model')).toThrow('give FIELD=VALUE');
  });
});
