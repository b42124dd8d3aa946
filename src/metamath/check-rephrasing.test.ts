import { describe, expect, it } from 'vitest';
import { checkRephrasing } from './check-rephrasing.js';

const original = 'Tom has 3 boxes of 1,200 pens and pays $2.50. How many pens are there?';

describe('checkRephrasing()', () => {
  it.each([
    ['How many pens are in the 3 boxes of 1200 for which Tom pays $2.5?', undefined],
    ['Tom pays $2.50 for 3 boxes with 1,200 pens each. Find the number of pens.', undefined],
    ['', 'empty'],
    ['tom has 3 boxes of 1,200 pens, and pays $2.50. How many pens are there', 'same-text'],
    ['Tom has 3 boxes of 1,200 pens. How many pens are there in all?', 'quantities-changed'],
    ['Tom has 3 boxes of 1,200 pens, 3 each, and pays $2.50. How many pens?', 'quantities-changed'],
    ['Tom has 30 boxes of 1,200 pens and pays $2.50. How many pens are there?', 'quantities-changed'],
    ['Tom pays $2.50 for 3 boxes with 1,200 pens each.', 'no-question'],
  ])('says of %j: %s', (rephrased, fault) => {
    expect(checkRephrasing({ original, rephrased })).toBe(fault);
  });

  it.each([
    ['Eve has three pens and 4 cups. How many?', 'How many are 3 pens and four cups?', undefined],
    ['Eve has three pens and 4 cups. How many?', 'How many are four pens and 4 cups?', 'quantities-changed'],
    ['Eve has three pens and 4 cups. How many?', 'How many are 4 pens and 4 cups?', 'quantities-changed'],
    ['Two friends eat 6 pies each. How many?', 'Ann and Eve eat 6 pies each. How many?', undefined],
    ['Each one costs 6 dollars. How much are a dozen?', 'At 6 dollars each, how much are 12 of them?', undefined],
  ])('of %j as %j it says: %s', (before, rephrased, fault) => {
    expect(checkRephrasing({ original: before, rephrased })).toBe(fault);
  });

  it('sees numbers inside larger tokens', () => {
    const pair = { original: 'A 10-minute walk of 2km?', rephrased: 'How long is a walk of 10 minutes over 2 km?' };
    expect(checkRephrasing(pair)).toBeUndefined();
  });
});
