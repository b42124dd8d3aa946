import { describe, expect, it } from 'vitest';
import { createRandom } from '../problems/pocket/random.js';
import { seededDifference } from './seeded-difference.js';
import { averagedDiscordance, smallestDifference } from './smallest-difference.js';

describe('smallestDifference()', () => {
  it.each([
    [1000, 0.2, 0.0395],
    [4000, 0.2, 0.0198],
    [1000, 0.05, 0.0197],
    [100, 0.2, 0.1238],
  ])('n = %i, %f of the questions differ: %f', (n, discordance, expected) => {
    expect(smallestDifference({ n, discordance })).toBeCloseTo(expected, 3);
  });

  it('is at most 1', () => {
    expect(smallestDifference({ n: 2, discordance: 1 })).toBe(1);
    expect(smallestDifference({ n: 0, discordance: 0.05 })).toBe(1);
  });

  it('refuses what is no share', () => {
    expect(() => smallestDifference({ n: 10, discordance: 1.2 })).toThrow(RangeError);
  });
});

describe('averagedDiscordance()', () => {
  it('divides what two seeds differ by, and leaves the rest', () => {
    expect(averagedDiscordance({ discordance: 0.2, seedDiscordance: 0.15, seeds: 1 })).toBeCloseTo(0.2);
    expect(averagedDiscordance({ discordance: 0.2, seedDiscordance: 0.15, seeds: 9 })).toBeCloseTo(0.1);
    expect(averagedDiscordance({ discordance: 0.2, seedDiscordance: 0.3, seeds: 6 })).toBeCloseTo(0.1);
  });
});

describe('seededDifference()', () => {
  it('is the mean, in an interval that holds it, the same for the same seed', () => {
    const given = [
      [1, 0, 0, -1, 1, 0],
      [1, 1, 0, -1, 0, 0],
    ];
    const { difference, interval } = seededDifference(given);
    expect(difference).toBeCloseTo(2 / 12);
    expect(interval[0]).toBeLessThan(difference);
    expect(interval[1]).toBeGreaterThan(difference);
    expect(seededDifference(given)).toEqual({ difference, interval });
  });

  it('holds the true difference in about 95 of 100 cases, questions and seeds drawn anew', () => {
    const { next } = createRandom('coverage');
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    let held = 0;
    const cases = 100;
    for (let count = 0; count < cases; count += 1) {
      const questions = Array.from({ length: 60 }, () => 0.3 * normal());
      const given = Array.from({ length: 8 }, () => {
        const seed = 0.05 * normal();
        return questions.map((question) => question + seed + 0.3 * normal());
      });
      const [low, high] = seededDifference(given, { resamples: 300, seed: count }).interval;
      if (low <= 0 && high >= 0) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(88);
  });

  it('refuses seeds of different questions', () => {
    expect(() => seededDifference([[1, 0], [1]])).toThrow(RangeError);
    expect(() => seededDifference([])).toThrow(RangeError);
  });
});
