import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { compareBreakdown } from './compare-breakdown.js';

const rows = (verdicts: string, levels?: string) =>
  [...verdicts].map((verdict, index) => ({
    problem: `p${index}`,
    correct: verdict === '1',
    ...(levels && { level: Number(levels[index]) }),
  }));

describe('compareBreakdown(left, right, { field })', () => {
  it('compares within each value, which the left run tells', () => {
    const parts = compareBreakdown(rows('111000', '212121'), rows('100110'), { field: 'level' });
    expect(parts.map(({ value, n, both, onlyLeft, onlyRight }) => [value, n, both, onlyLeft, onlyRight])).toEqual([
      [1, 3, 0, 1, 1],
      [2, 3, 1, 1, 1],
    ]);
  });

  it('leaves out questions whose answers differ in the field: which part they are in depends on who was right', () => {
    const ended = (verdicts: string, ends: string) =>
      [...verdicts].map((verdict, index) => ({
        problem: `p${index}`,
        correct: verdict === '1',
        end: ends[index] ?? '',
      }));
    const parts = compareBreakdown(ended('1100', 'aaab'), ended('1010', 'abaa'), { field: 'end' });
    expect(parts.map(({ value, n, onlyLeft, onlyRight }) => [value, n, onlyLeft, onlyRight])).toEqual([['a', 2, 0, 1]]);
    const samples = [...ended('11', 'ab'), ...ended('11', 'bb')];
    expect(compareBreakdown(samples, ended('11', 'bb'), { field: 'end' }).map(({ n }) => n)).toEqual([1]);
    expect(compareBreakdown(ended('1', 'a'), ended('1', 'b'), { field: 'end' })).toEqual([]);
  });

  it('has one part, null, where no row has the field', () => {
    expect(compareBreakdown(rows('10'), rows('11'), { field: 'level' })).toMatchObject([{ value: null, n: 2 }]);
  });

  it('refuses runs of different questions', () => {
    expect(() => compareBreakdown(rows('10'), rows('1'), { field: 'level' })).toThrow(InputError);
  });
});
