import { describe, expect, it } from 'vitest';
import { exactMcNemar } from './exact-mcnemar.js';
import { pairedBootstrap } from './paired-bootstrap.js';
import { pairedDifference } from './paired-difference.js';

/** Questions that the left alone, the right alone, or both or neither solve. */
const differences = (onlyLeft: number, onlyRight: number, same: number) => [
  ...Array.from({ length: onlyLeft }, () => 1),
  ...Array.from({ length: onlyRight }, () => -1),
  ...Array.from({ length: same }, () => 0),
];

describe('pairedBootstrap(differences)', () => {
  it.each([
    [30, 10, 160],
    [60, 55, 885],
    [5, 45, 150],
  ])('agrees with McNemar and Newcombe on %d against %d and %d alike', (onlyLeft, onlyRight, same) => {
    const found = pairedBootstrap(differences(onlyLeft, onlyRight, same));
    const exact = pairedDifference({ both: same, onlyLeft, onlyRight, neither: 0 });
    expect(found.difference).toBeCloseTo(exact.difference, 12);
    expect(found.interval[0]).toBeCloseTo(exact.interval[0], 1);
    expect(found.interval[1]).toBeCloseTo(exact.interval[1], 1);
    expect(found.pValue < 0.05).toBe(exactMcNemar(onlyLeft, onlyRight) < 0.05);
  });

  it.each([
    { given: [], pValue: 1, interval: [-1, 1] },
    { given: [0, 0, 0], pValue: 1, interval: [0, 0] },
  ])('of $given knows nothing: p = 1', ({ given, ...expected }) => {
    expect(pairedBootstrap(given)).toMatchObject(expected);
  });

  it('is the same for the same seed', () => {
    const given = differences(7, 3, 20);
    expect(pairedBootstrap(given, { seed: 2 })).toEqual(pairedBootstrap(given, { seed: 2 }));
  });
});
