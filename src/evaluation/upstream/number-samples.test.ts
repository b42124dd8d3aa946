import { describe, expect, it } from 'vitest';
import { createSampleNumbers } from './number-samples.js';

describe('createSampleNumbers() numbers the answers to one question', () => {
  it('from 0 in their order', () => {
    const number = createSampleNumbers();
    const numbers = Array.from({ length: 200_000 }, () => number({ problem: 'p' }).sample);
    expect([numbers[0], numbers[1], numbers.at(-1)]).toEqual([0, 1, 199_999]);
  });

  it('and keeps tasks apart', () => {
    const number = createSampleNumbers();
    expect([number({ problem: '1', task: 'a' }), number({ problem: '1', task: 'b' })]).toEqual([
      { problem: 'a/1', sample: 0 },
      { problem: 'b/1', sample: 0 },
    ]);
  });
});
