import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../wilson-interval.js';
import { bootstrapInterval, bootstrapMeans, bootstrapShareInterval } from './bootstrap-interval.js';

const coin = Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 1 : 0));

describe('bootstrapInterval(values)', () => {
  it('is near the normal interval of a mean of many values', () => {
    const [low, high] = bootstrapInterval(coin);
    const margin = 1.96 * Math.sqrt((0.25 * 0.75) / 400);
    expect(low).toBeCloseTo(0.25 - margin, 2);
    expect(high).toBeCloseTo(0.25 + margin, 2);
  });

  it('is the same for the same seed, and moves with it', () => {
    expect(bootstrapInterval(coin, { seed: 3 })).toEqual(bootstrapInterval(coin, { seed: 3 }));
    expect([...bootstrapMeans(coin, { seed: 3 })]).not.toEqual([...bootstrapMeans(coin, { seed: 4 })]);
  });

  it('of one value is that value', () => {
    expect(bootstrapInterval([0.3])).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.3, 12)]);
  });

  it('refuses nothing at all', () => {
    expect(() => bootstrapInterval([])).toThrow('there is no value');
  });
});

describe('bootstrapShareInterval(values)', () => {
  it.each([
    { values: [], expected: [0, 1] },
    { values: [0, 0, 0, 0], expected: wilsonInterval(0, 4) },
    { values: [1, 1, 1], expected: wilsonInterval(3, 3) },
    { values: [0.5, 0.5], expected: wilsonInterval(1, 2) },
    { values: [1, 0, 1, 1], expected: wilsonInterval(3, 4) },
  ])('of $values is $expected, by Wilson: it never claims certainty', ({ values, expected }) => {
    expect(bootstrapShareInterval(values)).toEqual(expected);
  });
});
