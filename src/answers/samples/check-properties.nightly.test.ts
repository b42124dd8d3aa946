import { describe, expect, it } from 'vitest';
import { checkProperties } from './check-properties.js';
import { mathGolds } from './math-golds.js';

describe.skipIf(mathGolds === undefined)("the properties of all of MATH's golds", () => {
  const golds = mathGolds ?? [];

  it('no mutation is accepted, and of the rewritings under 0.5 % are refused', { timeout: 600_000 }, () => {
    const { keptCount, falseAccepts, falseRejects, leastKept, leastChanged } = checkProperties(golds);
    expect(golds.length).toBe(2047);
    expect(Math.min(leastKept, leastChanged)).toBeGreaterThanOrEqual(20);
    expect(falseAccepts).toEqual([]);
    expect(falseRejects.length / keptCount).toBeLessThan(0.005);
  });
});
