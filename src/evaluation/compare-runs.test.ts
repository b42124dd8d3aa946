import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { compareRuns } from './compare-runs.js';

const rows = (verdicts: string, extra: { question?: string; gold?: string; upstream?: boolean } = {}) =>
  [...verdicts].map((verdict, index) => ({ problem: `p${index}`, correct: verdict === '1', ...extra }));

describe('compareRuns(left, right)', () => {
  it('counts the pairs by who was right, whatever the order of the rows', () => {
    const result = compareRuns(rows('1110100'), rows('1001000').reverse());
    expect(result).toMatchObject({ n: 7, both: 1, onlyLeft: 3, onlyRight: 1, neither: 2, pValue: 0.625 });
    expect(result.difference).toBeCloseTo(2 / 7, 12);
    expect(result.left).toMatchObject({ n: 7, correct: 4 });
    expect(result.method).toMatch('McNemar');
  });

  it('takes the first sample of each question', () => {
    const twice = rows('10').flatMap((row) => [row, { ...row, sample: 1, correct: !row.correct }]);
    expect(compareRuns(twice, rows('10'))).toMatchObject({ n: 2, onlyLeft: 0, onlyRight: 0 });
  });

  it('draws questions over all samples of each', () => {
    const twice = rows('10').flatMap((row) => [row, { ...row, sample: 1, correct: !row.correct }]);
    const { bootstrap } = compareRuns(twice, rows('00'));
    expect(bootstrap).toMatchObject({ n: 2, difference: 0.5, resamples: 2000, seed: 0 });
  });

  it('takes gold answers as mathematics: two harnesses write them in two ways', () => {
    const [left, right] = [rows('10', { gold: '\\frac{1}{2}' }), rows('11', { gold: '1/2' })];
    expect(compareRuns(left, right)).toMatchObject({ n: 2, both: 1, onlyRight: 1 });
  });

  it.each([
    { left: rows('111'), right: rows('11'), message: '1 problem only in the first run ("p2")' },
    { left: rows('1'), right: rows('111111'), message: '5 problems only in the second run ("p1", "p2", "p3", …)' },
    {
      left: rows('1', { question: 'What is 1 + 1?' }),
      right: rows('1', { question: 'What is 1 + 2?' }),
      message: '1 problem with another question or gold answer ("p0")',
    },
    {
      left: rows('1', { gold: '12', upstream: true }),
      right: rows('1', { gold: '13', upstream: true }),
      message: 'gold answer, such as 12 and 13 ("p0"); import results of the same questions: they are paired by',
    },
  ])('refuses different questions: $message', ({ left, right, message }) => {
    expect(() => compareRuns(left, right)).toThrow(InputError);
    expect(() => compareRuns(left, right)).toThrow(message);
  });
});
