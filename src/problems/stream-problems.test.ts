import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FormatName } from './formats/dataset-format.js';
import { readProblems } from './read-problems.js';

const root = mkdtempSync(join(tmpdir(), 'mathpie-formats-'));
afterAll(() => rmSync(root, { recursive: true }));

let fileCount = 0;
function write(rows: readonly unknown[], name = `set-${fileCount++}.jsonl`): string {
  const file = join(root, name);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

async function read(file: string, dataset?: FormatName) {
  let format = '';
  const { problems } = await readProblems({ file, dataset, onFormat: ({ name }) => (format = name) });
  return { format, problems };
}

const metaMathQa = {
  query: 'Q',
  response: 'So 1 + 1 = 2.\n#### 2\nThe answer is: 2',
  type: 'GSM_Rephrased',
  original_question: 'O',
};

describe('streamProblems() recognises', () => {
  it.each([
    ['mathpie', { question: 'Q', answer: '2' }, { answer: '2' }],
    ['gsm8k', { question: 'Q', answer: '1 + 1\n#### 2,000' }, { answer: '2000' }],
    [
      'math',
      { problem: 'Q', level: 'Level 5', type: 'Algebra', solution: '\\boxed{2}' },
      { answer: '2', level: 5, subject: 'Algebra' },
    ],
    [
      'math500',
      {
        problem: 'Q',
        solution: '\\boxed{2}',
        answer: '2',
        subject: 'Algebra',
        level: 2,
        unique_id: 'test/algebra/1.json',
      },
      { id: 'test/algebra/1.json', answer: '2', level: 2, subject: 'Algebra' },
    ],
    ['metamath-gsm8k', { query: 'Q', response: '1 + 1\n#### 2' }, { answer: '2' }],
    ['metamath-math', { instruction: 'Q', output: 'So \\boxed{2}.' }, { answer: '2' }],
    [
      'metamath-math',
      { idx: 'hendrycks_math_0', instruction: 'Q', input: '', output: 'So \\boxed{\\frac{1}{2}}.', type: 'Algebra' },
      { id: 'hendrycks_math_0', answer: '\\frac{1}{2}', subject: 'Algebra' },
    ],
    ['metamathqa', metaMathQa, { answer: '2', type: 'GSM_Rephrased', originalQuestion: 'O' }],
    ['metamathqa', { query: 'Q', response: 'The answer is: \\sqrt{2}' }, { answer: '\\sqrt{2}' }],
    ['alpaca', { instruction: 'Q', input: '', output: 'The answer is: 2' }, { answer: '2' }],
    [
      'alpaca',
      { instruction: 'Add.', input: '1 and 1', output: 'So \\boxed{2}.' },
      { question: 'Add.\n1 and 1', answer: '2' },
    ],
    ['alpaca', { instruction: 'Q', input: '', output: 'A poem.' }, { solution: 'A poem.' }],
  ])('%s: %j', async (name, row, expected) => {
    const { format, problems } = await read(write([row]));
    expect(format).toBe(name);
    expect(problems).toMatchObject([{ question: 'Q', ...expected }]);
  });

  it('a JSON array as MetaMathQA is published, however it is laid out', async () => {
    const file = join(root, 'set.json');
    for (const indent of [undefined, 2]) {
      writeFileSync(file, JSON.stringify([metaMathQa, { ...metaMathQa, query: 'R [{"' }], null, indent));
      expect((await read(file)).problems.map(({ id, question }) => [id, question])).toEqual([
        ['set.json:1', 'Q'],
        ['set.json:2', 'R [{"'],
      ]);
    }
  });

  it('a folder as MATH is published, in the order of its numbers', async () => {
    const folder = join(root, 'MATH', 'train');
    mkdirSync(join(folder, 'algebra'), { recursive: true });
    for (const number of [10, 2]) {
      const problem = { problem: `P${number}`, level: 'Level 1', type: 'Algebra', solution: `\\boxed{${number}}` };
      writeFileSync(join(folder, 'algebra', `${number}.json`), JSON.stringify(problem, null, 4));
    }
    writeFileSync(join(folder, 'geometry.jsonl'), '{"problem": "G", "solution": "\\\\boxed{3}"}\n');
    const { format, problems } = await read(folder);
    expect(format).toBe('math');
    expect(problems.map(({ id, answer }) => [id, answer])).toEqual([
      ['algebra/2', '2'],
      ['algebra/10', '10'],
      ['geometry.jsonl:1', '3'],
    ]);
    expect(problems[0]).toMatchObject({ question: 'P2', subject: 'Algebra', level: 1 });
  });
});

describe('streamProblems() refuses', () => {
  it('a folder with train and test in it', async () => {
    mkdirSync(join(root, 'both', 'train'), { recursive: true });
    mkdirSync(join(root, 'both', 'test'), { recursive: true });
    for (const part of ['train', 'test']) write([{ problem: 'Q', solution: '\\boxed{1}' }], `both/${part}/1.jsonl`);
    await expect(read(join(root, 'both'))).rejects.toThrow(
      /it holds both train and test problems; name .*train or .*test$/,
    );
  });

  it.each([
    [
      'neither mark of an answer',
      [{ query: 'Q', response: 'R' }],
      /:1: has "query" and "response", but neither .*dataset metamathqa/,
    ],
    [
      'two questions',
      [{ problem: 'Q', instruction: 'R', output: 'S' }],
      /:1: has both "problem" and "instruction"; .*dataset/,
    ],
    ['a torn array', '[{"question": "Q"}, {"question": "R', /:2: not JSON/],
    [
      'two formats',
      [
        { question: 'Q', answer: '#### 1' },
        { query: 'Q', response: '#### 1' },
      ],
      /:2: has the fields of metamath-gsm8k in a file of gsm8k; .*dataset/,
    ],
    [
      'bare answers in GSM8K',
      [
        { question: 'Q', answer: '#### 1' },
        { question: 'Q', answer: '1' },
      ],
      /:2: lacks the "#### N"/,
    ],
  ])('%s, naming file and line', async (_, rows, line) => {
    const file = typeof rows === 'string' ? join(root, 'torn.json') : write(rows);
    if (typeof rows === 'string') writeFileSync(file, rows);
    await expect(read(file)).rejects.toThrow(line);
  });

  it('no row whose format was named', async () => {
    const file = write([{ query: 'Q', response: 'R' }]);
    expect((await read(file, 'metamathqa')).problems).toEqual([
      { id: expect.any(String), question: 'Q', solution: 'R' },
    ]);
    await expect(read(file, 'gsm8k')).rejects.toThrow(/lacks the field "answer"/);
  });
});
