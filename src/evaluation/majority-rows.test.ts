import { expect, it } from 'vitest';
import { majorityAccuracy } from './majority-accuracy.js';
import { majorityRows } from './majority-rows.js';

const isSame = (left: string, right: string): boolean => left === right;
const rows = [
  { problem: 'a', sample: 0, answer: '1', correct: false },
  { problem: 'a', sample: 1, answer: '2', correct: true },
  { problem: 'a', sample: 2, answer: '2', correct: true },
  { problem: 'b', sample: 0, correct: false },
  { problem: 'b', sample: 1, correct: false },
];

it('majorityRows() gives one row a problem, with the verdict of the winning answer', () => {
  expect(majorityRows(rows, { isSame })).toEqual([
    { problem: 'a', sample: 0, answer: '2', correct: true },
    { problem: 'b', sample: 0, correct: false },
  ]);
});

it('counts as many right as majorityAccuracy()', () => {
  const right = majorityRows(rows, { isSame }).filter(({ correct }) => correct).length;
  expect(right).toBe(majorityAccuracy(rows, { k: 3, isSame }).correct);
});
