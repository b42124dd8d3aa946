import { describe, expect, it } from 'vitest';
import { alignByQuestion } from './align-by-question.js';
import { compareRuns } from './compare-runs.js';

const row = (problem: string, question: string, correct = true) => ({ problem, question, gold: '1', correct });
const ours = [row('gsm8k-0', 'What is 1?'), row('gsm8k-1', 'And 2?', false)];

describe('alignByQuestion(rows, reference)', () => {
  it('gives the same questions the same ids, whatever white space lies between their words', () => {
    const theirs = [row('task/7', 'And  2?\n'), row('task/9', 'What is 1?')];
    expect(alignByQuestion(theirs, ours).map(({ problem }) => problem)).toEqual(['gsm8k-1', 'gsm8k-0']);
    expect(compareRuns(ours, theirs)).toMatchObject({ n: 2, both: 1, onlyRight: 1 });
  });

  it.each([
    ['ids that are there already', [row('gsm8k-0', 'And 2?'), row('x', 'What is 1?')]],
    ['another question', [row('a', 'What is 1?'), row('b', 'And 3?')]],
    ['fewer questions', [row('a', 'What is 1?')]],
    ['a question under two ids', [row('a', 'What is 1?'), row('b', 'What is 1?'), row('c', 'And 2?')]],
    [
      'questions without text',
      [
        { problem: 'a', correct: true },
        { problem: 'b', correct: true },
      ],
    ],
  ])('leaves rows with %s as they are', (_, rows) => {
    expect(alignByQuestion(rows, ours)).toBe(rows);
  });
});
