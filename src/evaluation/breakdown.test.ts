import { describe, expect, it } from 'vitest';
import { breakdown, lengthBin } from './breakdown.js';

const rows = [
  { problem: 'a', correct: true, level: 10, subject: 'geometry', completionTokens: 12 },
  { problem: 'b', correct: false, level: 2, subject: 'algebra', completionTokens: 40 },
  { problem: 'c', correct: true, level: 2, subject: 'algebra', completionTokens: 16 },
  { problem: 'd', correct: false, subject: 'algebra', completionTokens: 9000 },
];
const counts = (field: string) => breakdown(rows, [field])[field]?.map(({ value, n, correct }) => [value, n, correct]);

describe('breakdown(rows, fields)', () => {
  it.each([
    { field: 'level', expected: [[2, 2, 1], [10, 1, 1], [null, 1, 0]] }, // biome-ignore format: a table
    { field: 'subject', expected: [['algebra', 3, 1], ['geometry', 1, 1]] }, // biome-ignore format: a table
    { field: 'length', expected: [['0-16', 2, 2], ['33-64', 1, 0], ['8193+', 1, 0]] }, // biome-ignore format: a table
    { field: 'type', expected: [] },
  ])('by $field is sorted, complete and counts what lacks the field apart', ({ field, expected }) => {
    expect(counts(field)).toEqual(expected);
  });

  it('gives each value its accuracy and interval', () => {
    expect(breakdown(rows, ['level']).level?.[0]).toMatchObject({
      accuracy: 0.5,
      interval: [expect.closeTo(0.0945, 3), expect.closeTo(0.9055, 3)],
    });
  });

  it.each([
    [0, '0-16'],
    [16, '0-16'],
    [17, '17-32'],
    [8192, '4097-8192'],
    [8193, '8193+'],
    [undefined, null],
  ])('lengthBin(%s) is %s', (tokenCount, bin) => {
    expect(lengthBin(tokenCount)).toBe(bin);
  });
});
