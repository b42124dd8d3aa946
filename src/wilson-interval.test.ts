import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.js';

describe('wilsonInterval(correct, n)', () => {
  // The four examples of Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3
  it.each([
    { correct: 81, n: 263, low: 0.2553, high: 0.3662 },
    { correct: 15, n: 148, low: 0.0624, high: 0.1605 },
    { correct: 0, n: 20, low: 0, high: 0.1611 },
    { correct: 1, n: 29, low: 0.0061, high: 0.1718 },
  ])('agrees with Newcombe for $correct of $n', ({ correct, n, low, high }) => {
    expect(wilsonInterval(correct, n)[0]).toBeCloseTo(low, 4);
    expect(wilsonInterval(correct, n)[1]).toBeCloseTo(high, 4);
  });

  it('mirrors: the interval of the wrong ones is one minus that of the right ones', () => {
    const [low, high] = wilsonInterval(7, 31);
    const [mirroredLow, mirroredHigh] = wilsonInterval(24, 31);
    expect(mirroredLow).toBeCloseTo(1 - high, 12);
    expect(mirroredHigh).toBeCloseTo(1 - low, 12);
  });

  it.each([
    { correct: 0, n: 0, expected: [0, 1] },
    { correct: 5, n: 5, expected: [expect.closeTo(0.5655, 4), 1] },
    { correct: 0, n: 1e9, expected: [0, expect.closeTo(0, 6)] },
  ])('$correct of $n keeps its ends exact', ({ correct, n, expected }) => {
    expect(wilsonInterval(correct, n)).toEqual(expected);
  });

  it.each([
    [-1, 10],
    [11, 10],
    [Number.NaN, 10],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses %s of %s', (correct, n) => {
    expect(() => wilsonInterval(correct, n)).toThrow(RangeError);
  });
});
