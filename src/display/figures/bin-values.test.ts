import { describe, expect, it } from 'vitest';
import { countInBins, roundBins, roundStep } from './bin-values.js';

describe('roundStep(step)', () => {
  it.each([
    [1, 1],
    [1.2, 2],
    [3, 5],
    [7, 10],
    [34, 50],
    [0.3, 0.5],
    [0.012, 0.02],
  ])('%s becomes %s', (step, expected) => {
    expect(roundStep(step)).toBeCloseTo(expected, 12);
  });
});

describe('roundBins(values)', () => {
  it.each([
    { values: [3, 97], first: 0, last: 100, count: 20 },
    { values: [0, 100], first: 0, last: 100, count: 20 },
    { values: [7], first: 7, last: 7.05, count: 1 },
    { values: [-4, 4], first: -4, last: 4, count: 16 },
  ])('of $values run from $first to $last', ({ values, first, last, count }) => {
    const bins = roundBins(values);
    expect(bins[0]?.from).toBeCloseTo(first, 12);
    expect(bins.at(-1)?.to).toBeCloseTo(last, 12);
    expect(bins).toHaveLength(count);
    expect(countInBins(values, bins).reduce((sum, each) => sum + each, 0)).toBe(values.length);
  });

  it('of nothing are none', () => {
    expect(roundBins([])).toEqual([]);
  });
});
