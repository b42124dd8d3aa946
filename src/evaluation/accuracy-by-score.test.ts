import { describe, expect, it } from 'vitest';
import { accuracyByScore } from './accuracy-by-score.js';

describe('accuracyByScore(rows, { bins })', () => {
  it('puts each score in its bin, 1 in the last, and leaves empty bins out', () => {
    const rows = [0, 0.19, 0.2, 0.99, 1].map((score, index) => ({ problem: `p${index}`, score, correct: score > 0.1 }));
    expect(accuracyByScore(rows).map(({ from, to, n, correct }) => [from, to, n, correct])).toEqual([
      [0, 0.2, 2, 1],
      [0.2, 0.4, 1, 1],
      [0.8, 1, 2, 2],
    ]);
  });

  it('refuses a score outside [0, 1] and names its problem', () => {
    expect(() => accuracyByScore([{ problem: 'p7', score: 1.2, correct: true }])).toThrow('got 1.2 for "p7"');
  });
});
