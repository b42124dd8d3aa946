import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { named, tellNames } from '../name-setting.js';
import { readProblems } from './read-problems.js';

const directory = mkdtempSync(join(tmpdir(), 'mathpie-problems-'));
const file = join(directory, 'set.jsonl');
afterAll(() => rmSync(directory, { recursive: true }));

const write = (...rows: readonly unknown[]) =>
  writeFileSync(file, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''));

describe('readProblems()', () => {
  it.each([
    [
      'a row of our own with all its fields',
      { id: 'p1', question: 'Q', answer: '3', solution: 'S', subject: 'algebra', level: 2, steps: 4, extra: 1 },
      { id: 'p1', question: 'Q', answer: '3', solution: 'S', subject: 'algebra', level: 2, steps: 4 },
    ],
    [
      'an augmentation type beside a subject',
      { id: 'a', question: 'Q', subject: 'algebra', type: 'rephrased' },
      { id: 'a', question: 'Q', subject: 'algebra', type: 'rephrased' },
    ],
    ['a question alone', { question: 'Q' }, { id: 'set.jsonl:1', question: 'Q' }],
    ['numbers as id and answer', { id: 7, question: 'Q', answer: 2.5 }, { id: '7', question: 'Q', answer: '2.5' }],
    [
      'GSM8K as published',
      { question: 'Q', answer: 'Two pens cost 2 * 700 = 1,400.\n#### 1,400' },
      {
        id: 'set.jsonl:1',
        question: 'Q',
        answer: '1400',
        solution: 'Two pens cost 2 * 700 = 1,400.\n#### 1,400',
        steps: 1,
      },
    ],
    [
      'MATH as published',
      { problem: 'Q', solution: 'So \\boxed{1}, or \\boxed{\\frac{1}{2}}.', level: 'Level 3', type: 'Algebra' },
      {
        id: 'set.jsonl:1',
        question: 'Q',
        answer: '\\frac{1}{2}',
        solution: 'So \\boxed{1}, or \\boxed{\\frac{1}{2}}.',
        subject: 'Algebra',
        level: 3,
      },
    ],
    [
      'MATH with an answer of its own and no rating',
      { problem: 'Q', solution: 'S', answer: '(3,4)', level: 'Level ?', subject: 'Geometry' },
      { id: 'set.jsonl:1', question: 'Q', answer: '(3,4)', solution: 'S', subject: 'Geometry' },
    ],
    [
      'a tuple with commas as it stands',
      { question: 'Q', answer: '#### 1,2' },
      { id: 'set.jsonl:1', question: 'Q', answer: '1,2', solution: '#### 1,2' },
    ],
    [
      'a row that assemble wrote, whose "problem" is the id of what it grew from',
      {
        query: 'Q',
        response: 'R\nThe answer is: 2',
        type: 'GSM_Rephrased',
        original_question: 'O',
        problem: 'gsm8k-train-1',
        subject: 'Arithmetic',
        level: 3,
      },
      {
        id: 'set.jsonl:1',
        question: 'Q',
        answer: '2',
        solution: 'R\nThe answer is: 2',
        type: 'GSM_Rephrased',
        originalQuestion: 'O',
        subject: 'Arithmetic',
        level: 3,
      },
    ],
  ])('reads %s', async (_, row, problem) => {
    write(row);
    expect((await readProblems({ file })).problems).toEqual([problem]);
  });

  it.each([
    ['no question', { answer: '1' }, 'lacks the field "question"'],
    ['an empty question', { question: '  ' }, 'has a field "question" that is no text'],
    ['a question that is a list', { question: ['Q'] }, 'has a field "question" that is no text'],
    [
      'an answer that is an object',
      { question: 'Q', answer: {} },
      'has a field "answer" that is neither text nor a number',
    ],
    [
      'a problem of MATH among our own',
      { problem: 'Q', solution: '\\boxed{1}' },
      `has the fields of math in a file of mathpie; split the file, or name one with ${named('dataset')}`,
    ],
    [
      'the fields of two formats',
      { question: 'Q', query: 'R' },
      `has both "question" and "query"; say which format it is with ${named('dataset')}`,
    ],
    [
      'an answer of GSM8K among our own',
      { question: 'Q', answer: 'S\n#### 3' },
      `ends its answer in "####" as GSM8K does, in a file of bare answers; name ${named('dataset')}`,
    ],
    ['an id twice', { id: 'good', question: 'Q', answer: '2' }, 'has the id "good" of line 1'],
    ['no answer where one is needed', { question: 'Q' }, 'lacks the field "answer"'],
    ['no JSON', '{"question": "Q"', 'not JSON (starts with "{\\"question\\": \\"Q\\"")'],
  ])('names file and line of a row with %s', async (_, row, reason) => {
    write({ id: 'good', question: 'Q', answer: '1' }, row);
    await expect(readProblems({ file, needsAnswer: true })).rejects.toThrow(
      tellNames(`${file}:2: ${reason}`, (setting) => setting),
    );
    const { problems, bad } = await readProblems({ file, needsAnswer: true, skipBad: true });
    expect(problems.map(({ id }) => id)).toEqual(['good']);
    expect(bad).toEqual([{ file, line: 2, reason }]);
  });

  it.each([
    ['is empty', [], 'it holds no row'],
    ['holds no problem', ['x', 'y'], 'none of its rows is a problem (line 1: not JSON (starts with "x"))'],
  ])('refuses a file that %s', async (_, rows, state) => {
    write(...rows);
    const refused = readProblems({ file, skipBad: true });
    await expect(refused).rejects.toBeInstanceOf(InputError);
    await expect(refused).rejects.toThrow(state);
  });

  it('reads no more than the limit', async () => {
    write({ question: 'a' }, { question: 'b' }, 'bad');
    expect((await readProblems({ file, limit: 2 })).problems).toHaveLength(2);
  });

  it.each([
    [{ skip: 1 }, ['b', 'c', 'd']],
    [{ skip: 1, limit: 2 }, ['b', 'c']],
    [{ skip: 3, limit: 2 }, ['d']],
    [{ skip: 0, limit: 1 }, ['a']],
  ])('leaves the first problems out: %o', async (cut, questions) => {
    write({ question: 'a' }, { question: 'b' }, { question: 'c' }, { question: 'd' });
    expect((await readProblems({ file, ...cut })).problems.map(({ question }) => question)).toEqual(questions);
  });

  it('refuses to leave all problems out', async () => {
    write({ question: 'a' }, { question: 'b' });
    await expect(readProblems({ file, skip: 2 })).rejects.toThrow(
      /^Cannot leave out the first 2 problems of .*: it has 2/,
    );
  });
});
