import { describe, expect, it } from 'vitest';
import { exactMcNemar } from './exact-mcnemar.js';

describe('exactMcNemar(onlyLeft, onlyRight)', () => {
  it.each([
    // Fagerland, Lydersen and Laake (2013): airway hyper-responsiveness, 1 and 7 discordant pairs
    { left: 1, right: 7, p: 18 / 256 },
    // By hand: twice the binomial tail
    { left: 0, right: 5, p: 2 / 32 },
    { left: 2, right: 8, p: (2 * (1 + 10 + 45)) / 1024 },
    { left: 10, right: 10, p: 1 },
    { left: 0, right: 1, p: 1 },
    { left: 0, right: 0, p: 1 },
    // Exact rational arithmetic, where 2 ** -n underflows
    { left: 1000, right: 1200, p: 2.18170264e-5 },
    { left: 10_000, right: 10_100, p: 0.484995424 },
  ])('$left against $right gives $p', ({ left, right, p }) => {
    expect(exactMcNemar(left, right) / p).toBeCloseTo(1, 6);
    expect(exactMcNemar(right, left)).toBe(exactMcNemar(left, right));
  });

  it.each([
    [-1, 2],
    [1.5, 2],
  ])('refuses %s and %s', (left, right) => {
    expect(() => exactMcNemar(left, right)).toThrow(RangeError);
  });
});
