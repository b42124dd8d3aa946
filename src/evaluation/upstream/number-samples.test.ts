import { describe, expect, it } from 'vitest';
import { createSampleNumbers } from './number-samples.js';

const numbersOf = (samples: readonly (number | undefined)[]): number[] => {
  const number = createSampleNumbers();
  return samples.map((sample) => number({ problem: 'p', sample }).sample);
};

describe('createSampleNumbers() numbers the answers to one question', () => {
  it.each([
    { told: [undefined, undefined, undefined], expected: [0, 1, 2] },
    { told: [0, 1, 2], expected: [0, 1, 2] },
    { told: [0, 1, 0, 1], expected: [0, 1, 2, 3] },
    { told: [3, 1, undefined, 3], expected: [3, 1, 4, 5] },
    { told: [2, 0, 1, 2], expected: [2, 0, 1, 3] },
    { told: [0, 5, 5, undefined], expected: [0, 5, 6, 7] },
  ])('$told are $expected', ({ told, expected }) => {
    expect(numbersOf(told)).toEqual(expected);
  });

  it('however many they are, a gap among them', () => {
    const numbers = numbersOf([1, ...Array.from({ length: 200_000 }, () => undefined)]);
    expect([numbers[0], numbers.at(-1), new Set(numbers).size]).toEqual([1, 200_001, 200_001]);
  });

  it('and keeps tasks apart', () => {
    const number = createSampleNumbers();
    expect([number({ problem: '1', task: 'a' }), number({ problem: '1', task: 'b' })]).toEqual([
      { problem: 'a/1', sample: 0 },
      { problem: 'b/1', sample: 0 },
    ]);
  });
});
