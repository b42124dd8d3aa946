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

  it('has one part, null, where no row has the field', () => {
    expect(compareBreakdown(rows('10'), rows('11'), { field: 'level' })).toMatchObject([{ value: null, n: 2 }]);
  });

  it('refuses runs of different questions', () => {
    expect(() => compareBreakdown(rows('10'), rows('1'), { field: 'level' })).toThrow(InputError);
  });
});
