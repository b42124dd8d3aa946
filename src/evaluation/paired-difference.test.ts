import { describe, expect, it } from 'vitest';
import { pairedDifference } from './paired-difference.js';

describe('pairedDifference(counts)', () => {
  it.each([
    // Newcombe (1998), Statistics in Medicine 17:2635-2650, method 10
    { both: 36, onlyLeft: 12, onlyRight: 2, neither: 0, difference: 0.2, low: 0.0569, high: 0.3404 },
    // Fagerland, Lydersen and Laake (2014), Statistics in Medicine 33:2850-2875, airway hyper-responsiveness
    { both: 1, onlyLeft: 1, onlyRight: 7, neither: 12, difference: -0.2857, low: -0.507, high: -0.0256 },
    { both: 53, onlyLeft: 0, onlyRight: 0, neither: 1, difference: 0, low: -0.0729, high: 0.0729 },
  ])('$both / $onlyLeft / $onlyRight / $neither gives $low to $high', ({ difference, low, high, ...counts }) => {
    const result = pairedDifference(counts);
    expect(result.difference).toBeCloseTo(difference, 4);
    expect(result.interval[0]).toBeCloseTo(low, 3);
    expect(result.interval[1]).toBeCloseTo(high, 3);
  });

  it.each([
    { both: 0, onlyLeft: 0, onlyRight: 0, neither: 0 },
    { both: 0, onlyLeft: 9, onlyRight: 0, neither: 0 },
    { both: 9, onlyLeft: 0, onlyRight: 0, neither: 0 },
  ])('stays within [-1, 1] for $both / $onlyLeft / $onlyRight / $neither', (counts) => {
    const { interval, difference } = pairedDifference(counts);
    expect(interval[0]).toBeGreaterThanOrEqual(-1);
    expect(interval[1]).toBeLessThanOrEqual(1);
    expect(interval[0]).toBeLessThanOrEqual(difference);
    expect(interval[1]).toBeGreaterThanOrEqual(difference);
  });
});
