import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countSteps } from './count-steps.js';

const gsm8k = '../shared/data/gsm8k/test.jsonl';

describe('countSteps(solution)', () => {
  it.each([
    ['He has 2*3=<<2*3=6>>6 pens and 6+1=<<6+1=7>>7 in all.\n#### 7', 2],
    ['She pays 4 * 3 = 12 dollars.\nShe gets 20 - 12 = 8 back.\n#### 8', 2],
    ['Half of them is 20% of $50 = $10. So 10 + 5 = 15. Nothing else.', 2],
    ['Let x = y.\nThe answer is 4.', undefined],
    ['', undefined],
    ['#### 7 = 7', undefined],
  ])('%j: %j', (solution, steps) => {
    expect(countSteps(solution)).toBe(steps);
  });

  it.skipIf(!existsSync(gsm8k))('GSM8K has 1 to 12 steps, and hardly a solution without', () => {
    const rows = readFileSync(gsm8k, 'utf8').trim().split('\n');
    const steps = rows.map((line) => countSteps(JSON.parse(line).answer));
    expect(steps.filter((count) => count === undefined).length).toBeLessThan(5);
    expect(Math.max(...steps.map((count) => count ?? 0))).toBeLessThanOrEqual(12);
  });
});
