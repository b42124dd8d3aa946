import { describe, expect, it } from 'vitest';
import type { ReadProblem } from '../problem.js';
import { type WrittenFormat, writtenFormats } from './dataset-format.js';
import { formats } from './formats.js';
import { writeRow } from './write-row.js';

const read = (row: object, format: WrittenFormat) => formats[format].read(row as Record<string, unknown>);

const problems: ReadProblem[] = [
  { id: 'a', question: 'Q', answer: '2', solution: '1 + 1 = 2.\n#### 2' },
  {
    id: 'b',
    question: 'Q\nR',
    answer: '\\frac{1}{2}',
    solution: 'So \\boxed{\\frac{1}{2}}.',
    subject: 'Algebra',
    level: 3,
  },
  { id: 'c', question: 'Q', answer: '5' },
  { id: 'd', question: 'Q', answer: '5', solution: 'The answer is: 5', type: 'GSM_FOBAR', originalQuestion: 'O' },
];

describe('writeRow(problem, format)', () => {
  it.each(writtenFormats.flatMap((format) => problems.map((problem) => [format, problem] as const)))(
    'keeps question and answer in %s: %j',
    (format, problem) => {
      // an alpaca instruction holds the whole question
      expect(read(writeRow(problem, format), format)).toMatchObject({
        question: problem.question,
        answer: problem.answer,
      });
    },
  );

  it('writes MetaMathQA with its four fields', () => {
    expect(writeRow(problems[3] as ReadProblem, 'metamathqa')).toEqual({
      query: 'Q',
      response: 'The answer is: 5',
      type: 'GSM_FOBAR',
      original_question: 'O',
    });
  });

  it('refuses a problem without answer and solution', () => {
    expect(() => writeRow({ id: 'x', question: 'Q' }, 'gsm8k')).toThrow(/^Cannot convert problem "x": it has neither/);
    expect(writeRow({ id: 'x', question: 'Q' }, 'mathpie')).toEqual({ id: 'x', question: 'Q' });
  });
});
