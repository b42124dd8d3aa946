import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareLabels } from '../../evaluation/compare-labels.js';
import type { GradedRow } from '../../evaluation/graded-row.js';
import { measureAccuracy } from '../../evaluation/measure-accuracy.js';
import { buildPageData } from './build-page-data.js';
import { findAnswerPlace } from './find-answer-place.js';
import { narrow } from './page/narrow.js';
import { atMostWrong, describeReading, exportLines, rowKey } from './page/reader.js';
import { ruleWords } from './page/rule-words.js';
import { nothingChosen, type Selection } from './page/selection.js';
import { readTable, type Table } from './page/table.js';
import { speak, wordPairs } from './page/words.js';
import { outcomes } from './page-data.js';
import { renderExplorer } from './render-explorer.js';

const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
const rows: GradedRow[] = Array.from({ length: 60 }, (_, index) => {
  const correct = (index * 7) % 10 < 6;
  return {
    id: `r${index}`,
    problem: `p${index % 20}`,
    sample: Math.floor(index / 20),
    correct,
    status: 'done',
    question: `What is ${index % 20} + 1? ${index % 20 === 3 ? hostile : ''}`,
    gold: String((index % 20) + 1),
    answer: String((index % 20) + (correct ? 1 : 2)),
    response: `So it is \\boxed{${(index % 20) + (correct ? 1 : 2)}}. ${hostile}`,
    rule: correct ? 'boxed/same-text' : 'boxed/exact-number',
    level: (index % 5) + 1,
    subject: index % 2 === 0 ? 'Algebra' : 'Geometry',
    completionTokens: 10 + index,
  };
});
const failed: GradedRow = {
  id: 'f',
  problem: 'p0',
  sample: 3,
  correct: false,
  status: 'failed',
  failure: 'lasting',
  reason: 'no answer in time',
  question: rows[0]?.question ?? '',
  gold: '1',
};
const first = { name: 'first', rows: [...rows, failed] };
const second = { name: 'second', rows: rows.map((row) => ({ ...row, correct: row.level === 5 ? true : row.correct })) };
const title = 'Demo';

function tableOf(runs: Parameters<typeof buildPageData>[0]): Table {
  const { data, pieces } = buildPageData(runs, { title });
  return readTable(JSON.parse(JSON.stringify(data)), (piece) => pieces[piece] ?? []);
}
const view = (table: Table, selection: Partial<Selection> = {}) =>
  narrow(table, { ...nothingChosen, ...selection }, () => false);

describe('the data of the explorer', () => {
  const table = tableOf([first]);

  it('holds every row once, samples of a question together, with its outcome', () => {
    const { rows: columns, problems } = table.data;
    expect([table.count, problems.length]).toEqual([61, 20]);
    expect(columns.problem.slice(0, 5)).toEqual([0, 0, 0, 0, 1]);
    expect(outcomes[columns.outcome[3] ?? 0]).toBe('failed');
    expect(table.textsOf(3)).toMatchObject({ response: null, note: 'no answer in time' });
  });

  it('breaks down by the fields that differ, the usual ones first', () => {
    expect(table.data.fields.map(({ name }) => name)).toEqual(['level', 'subject', 'length', 'solved', 'decided']);
  });

  it('puts numbers of many values into bins, in the order of their size', () => {
    const scored = rows.map((row, index) => ({ ...row, score: (index - 30) / 4 }));
    const { data } = buildPageData([{ name: 'scored', rows: scored }], { title });
    const field = data.fields.find(({ name }) => name === 'score');
    expect(field?.values).toEqual(['-7.5–-4.75', '-4.5–-1.75', '-1.5–1.25', '1.5–4.25', '4.5–7.25']);
  });

  it('has a second opinion on every answer: the Hendrycks preset where the run has none', () => {
    expect(table.data.runs[0]).toMatchObject({ grader: 'mathpie', second: 'hendrycks' });
    expect([table.data.rows.second[0], table.data.rows.second[3]]).toEqual([1, 2]);
    const imported = buildPageData([{ name: 'i', rows: rows.map((row) => ({ ...row, upstream: !row.correct })) }], {
      title,
    });
    expect(
      imported.data.rows.second.every(
        (verdict, row) => verdict !== Number(outcomes[imported.data.rows.outcome[row] ?? 0] === 'right'),
      ),
    ).toBe(true);
    const b = { grader: 'x', equivalent: false, extracted: '9', rule: 'a/b', reason: '' };
    const asked = buildPageData([{ name: 'd', rows, second: { grader: 'strict', disagreements: [{ id: 'r0', b }] } }], {
      title,
    });
    expect([asked.data.rows.second[0], asked.data.rows.secondAnswer[0]]).toEqual([0, '9']);
  });

  it('refuses runs without a row', () => {
    expect(() => buildPageData([{ name: 'a', rows: [] }], { title })).toThrow('they hold no graded row');
  });
});

describe('findAnswerPlace(response, { answer, rule })', () => {
  it.each([
    ['So 12 and \\boxed{12} of 12.', '12', 'boxed/same-text', '12', 17],
    ['It is 3.\n#### 3', '3', 'hashes/exact-number', '3', 14],
    ['The answer is 7.', '7', 'answer-is/exact-number', '7', 14],
    ['答えは４２です', '42', 'answer-is/exact-number', '４２', 3],
  ])('%j', (response, answer, rule, found, start) => {
    const place = findAnswerPlace(response, { answer, rule });
    expect(place?.[0]).toBe(start);
    expect(response.slice(...(place ?? []))).toBe(found);
  });

  it('is nowhere where the answer is not there letter for letter', () => {
    expect(findAnswerPlace('one half', { answer: '\\frac{1}{2}' })).toBeUndefined();
    expect(findAnswerPlace('one half', { answer: undefined })).toBeUndefined();
  });
});

describe('narrow(table, selection)', () => {
  const table = tableOf([first]);
  const facet = (found: ReturnType<typeof view>, name: string) =>
    found.facets.find(({ field }) => table.data.fields[field]?.name === name);

  it('counts as measureAccuracy does, without what nobody answered', () => {
    expect(view(table).accuracies[0]).toMatchObject({ n: 60, correct: measureAccuracy(rows).correct });
    expect(view(table).accuracies[0]?.interval[0]).toBeCloseTo(measureAccuracy(rows).interval[0], 12);
    const of5 = rows.filter(({ level }) => level === 5);
    expect(facet(view(table), 'level')?.values[4]?.accuracies[0]?.interval[1]).toBeCloseTo(
      measureAccuracy(of5).interval[1],
      12,
    );
  });

  it('a chosen bar narrows everything but its own field', () => {
    const found = view(table, { fields: { level: ['5'] } });
    expect(found.accuracies[0]?.n).toBe(12);
    expect(found.rows.length).toBe(12);
    expect(facet(found, 'level')?.values.map(({ accuracies }) => accuracies[0]?.n)).toEqual([12, 12, 12, 12, 12, 0]);
    expect(facet(found, 'subject')?.values.reduce((sum, { accuracies }) => sum + (accuracies[0]?.n ?? 0), 0)).toBe(12);
    const both = view(table, { fields: { level: ['5', '4'], subject: ['Algebra'] } });
    expect(both.accuracies[0]?.n).toBe(
      rows.filter(({ level = 0, subject }) => level > 3 && subject === 'Algebra').length,
    );
  });

  it('neither the verdict nor how long it took is a property of rows that mathpie grade wrote', () => {
    const written = rows.map((row, at) => ({
      ...row,
      equivalent: row.correct,
      ms: at / 7,
      strength: at % 2 ? 'proved' : 'likely',
    }));
    const names = tableOf([{ ...first, rows: written }]).data.fields.map(({ name }) => name);
    expect(names).toContain('strength');
    expect(names).not.toEqual(expect.arrayContaining(['equivalent']));
    expect(names).not.toEqual(expect.arrayContaining(['ms']));
  });

  it('an outcome narrows the list and leaves the accuracies', () => {
    const found = view(table, { outcomes: ['wrong'] });
    expect(found.rows.length).toBe(rows.filter(({ correct }) => !correct).length);
    expect(found.accuracies[0]?.n).toBe(60);
    expect(found.byOutcome[0]).toEqual([36, 24, 0, 0, 1]);
  });

  it('searches questions, answers and responses', () => {
    expect(view(table, { query: 'WHAT IS 7 ' }).rows.length).toBe(3);
    expect(view(table, { query: 'so it is' }).rows.length).toBe(60);
    expect(view(table, { query: 'nowhere' }).rows.length).toBe(0);
  });

  it('pairs runs whose ids differ by the text of their questions', () => {
    const renamed = { name: 'elsewhere', rows: rows.map((row) => ({ ...row, problem: `task/${row.problem}` })) };
    expect(view(tableOf([{ name: 'first', rows }, renamed])).byQuadrant.reduce((sum, count) => sum + count, 0)).toBe(
      20,
    );
  });

  it('sorts by a column or a field, what lacks it last', () => {
    const tokens = Array.from(view(table, { sort: 'tokens', isDown: true }).rows, (row) => table.data.rows.tokens[row]);
    expect(tokens.slice(0, 2)).toEqual([69, 68]);
    expect(tokens.at(-1)).toBeNull();
  });

  it('of two runs counts who was right, in all and in each part', () => {
    const two = tableOf([first, second]);
    const found = view(two);
    expect(found.byQuadrant.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(found.byQuadrant[1]).toBe(0);
    const level = found.facets.find(({ field }) => two.data.fields[field]?.name === 'level');
    expect(level?.values.slice(0, 5).map(({ byQuadrant }) => byQuadrant[2])).toEqual([0, 0, 0, 0, found.byQuadrant[2]]);
    // Where an answer lies in a part, both must: of one run alone, those that it got wrong would be a part of their own
    const decided = found.facets.find(({ field }) => two.data.fields[field]?.name === 'length');
    const longer = second.rows.map((row) => ({ ...row, completionTokens: row.correct ? 500 : 5 }));
    const apart = view(
      tableOf([
        { name: 'short', rows: second.rows.map((row) => ({ ...row, completionTokens: 5 })) },
        { name: 'long', rows: longer },
      ]),
    );
    expect(decided?.values.length).toBeGreaterThan(1);
    const quadrantsOfLength = apart.facets.flatMap(({ values }) => values).filter(({ text }) => /^\d+-\d+$/.test(text));
    expect(quadrantsOfLength.length).toBeGreaterThan(1);
    expect(quadrantsOfLength.map(({ byQuadrant }) => byQuadrant[0])).toEqual(quadrantsOfLength.map(() => 0));
    const won = view(two, { quadrant: 'right' });
    expect(new Set(Array.from(won.rows, (row) => two.data.rows.problem[row])).size).toBe(found.byQuadrant[2]);
  });
});

describe('a reader', () => {
  const table = tableOf([first]);

  it('is told how many faults n rows without one leave possible: 1 - 0.05^(1/n)', () => {
    expect(atMostWrong(300)).toBeCloseTo(0.00994, 5);
    expect(atMostWrong(60)).toBeCloseTo(0.0487, 4);
    expect(atMostWrong(0)).toBe(1);
    expect(describeReading({ a: 'agree', b: 'disagree', c: 'gold-wrong', d: 'agree' })).toMatchObject({
      n: 3,
      faults: 1,
      goldWrong: 1,
    });
  });

  it('is told what mathpie compare tells of the same labels', () => {
    const said = ['agree', 'agree', 'disagree', 'gold-wrong', 'agree'] as const;
    const judged = Object.fromEntries(said.map((judgement, row) => [rowKey(table, row), judgement]));
    const labels = exportLines(table, judged)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { n, agreement, interval, goldWrong } = describeReading(judged);
    expect(compareLabels(first.rows, labels)).toMatchObject({ n, agreement, interval, goldWrong });
  });

  it('leaves rows that say what the right verdict is, where anybody knows', () => {
    const right = rows.findIndex(({ correct }) => correct);
    const row = table.data.rows.id.indexOf(`r${right}`);
    const lines = (judgement: 'agree' | 'disagree' | 'gold-wrong') =>
      JSON.parse(exportLines(table, { [rowKey(table, row)]: judgement }));
    expect(lines('agree')).toEqual({
      run: 'first',
      id: `r${right}`,
      problem: `p${right}`,
      sample: 0,
      judgement: 'agree',
      correct: true,
      print: expect.stringMatching(/^[0-9a-f]{8}$/),
      label: true,
    });
    expect(lines('disagree')).toMatchObject({ label: false });
    expect(lines('gold-wrong').label).toBeUndefined();
  });
});

describe('the page', () => {
  const assets = { script: 'console.log("</script>")', style: 'body{}' };

  it('holds its data as data, lets one script and one style sheet run, and asks for nothing', async () => {
    const page = await renderExplorer([{ ...first, name: hostile }], { title: hostile, lead: hostile, assets });
    expect(page).not.toMatch(/<img|<script>alert|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<script/g)).toHaveLength(3);
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const checksum = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain(`script-src 'sha256-${checksum}'`);
    expect(policy).not.toContain('unsafe');
    const data = /id="data">(.*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(data).title).toBe(hostile);
  });

  it('has the chapters of a report below, with still pictures', async () => {
    const sections = [
      { title: 'What grew', blocks: [{ kind: 'facts' as const, facts: [{ value: '12', label: 'problems' }] }] },
    ];
    expect(await renderExplorer([first], { title, assets, sections })).toContain('<h2>What grew</h2>');
  });

  it('says everything in both languages, with the same values', () => {
    for (const [word, [english, japanese]] of Object.entries(wordPairs)) {
      const count = (text: string, pattern: RegExp): number => new Set(text.match(pattern) ?? []).size;
      expect([word, count(japanese, /\{\d\}/g)]).toEqual([word, english.split('{}').length - 1]);
    }
    for (const [field, pairs] of Object.entries(ruleWords))
      for (const [word, [english, japanese]] of Object.entries(pairs))
        expect([field, word, japanese === english || english === word]).toEqual([field, word, false]);
    expect(speak('ja')('answersRight', 3, 4)).toBe('4 件中 3 件が正解');
    expect(speak('en')('answersRight', 3, 4)).toBe('3 of 4 answers right');
  });
});
