import { describe, expect, it } from 'vitest';
import { meanPassAtK, passAtK } from './pass-at-k.js';

const choose = (n: number, k: number): number => (k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

describe('passAtK({ n, correct, k })', () => {
  it('is 1 - C(n - correct, k) / C(n, k) for every small n, correct and k', () => {
    for (let n = 1; n <= 12; n += 1)
      for (let correct = 0; correct <= n; correct += 1)
        for (let k = 1; k <= n; k += 1)
          expect(passAtK({ n, correct, k })).toBeCloseTo(1 - choose(n - correct, k) / choose(n, k), 12);
  });

  it.each([0, 5, 1.5])('refuses k = %s of 4 samples', (k) => {
    expect(() => passAtK({ n: 4, correct: 1, k })).toThrow('from 1 to n = 4');
  });

  it('is averaged over the questions', () => {
    const rows = ['1100', '0000'].flatMap((verdicts, index) =>
      [...verdicts].map((verdict, sample) => ({ problem: `p${index}`, sample, correct: verdict === '1' })),
    );
    expect(meanPassAtK(rows, { k: 1 })).toBeCloseTo(0.25, 12);
    expect(meanPassAtK(rows, { k: 2 })).toBeCloseTo((1 - 1 / 6) / 2, 12);
  });
});
