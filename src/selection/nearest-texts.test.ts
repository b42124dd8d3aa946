import { describe, expect, it } from 'vitest';
import { lexicalVector } from './lexical-vectors.js';
import { nearestTextDistances } from './nearest-texts.js';

const base = ['Tom has 3 pens.', 'A train leaves at 9:30 and goes 60 miles.'];

describe('nearestTextDistances({ texts, base })', () => {
  it.each([
    ['the same text', 'Tom has 3 pens.', 0, 0],
    ['the same words in other case', 'TOM HAS 3 PENS.', 0, 0],
    ['another number', 'Tom has 4 pens.', 0.3, 1],
    ['the same words in another order', 'pens 3 has Tom.', 0.3, 1.2],
    ['nothing in common', 'Zebras graze', 2, 2],
    ['no word at all', '', 2, 2],
  ])('%s', async (_, text, low, high) => {
    const [distance = -1] = await nearestTextDistances({ texts: [text], base });
    expect(distance).toBeGreaterThanOrEqual(low);
    expect(distance).toBeLessThanOrEqual(high);
  });

  it('is Infinity where there is no base', async () => {
    expect([...(await nearestTextDistances({ texts: ['x'], base: [] }))]).toEqual([Number.POSITIVE_INFINITY]);
  });

  it('is the least over the base, whatever its order', async () => {
    const texts = ['Tom has 5 pens.', 'A train goes 60 miles.', 'Ann'];
    const forward = await nearestTextDistances({ texts, base });
    expect([...(await nearestTextDistances({ texts, base: [...base].reverse() }))]).toEqual([...forward]);
  });
});

describe('lexicalVector(text)', () => {
  it('has length 1', () => {
    const { weights } = lexicalVector('two plus two is four, and four is 4');
    expect(weights.reduce((sum, weight) => sum + weight ** 2, 0)).toBeCloseTo(1, 6);
  });
});
