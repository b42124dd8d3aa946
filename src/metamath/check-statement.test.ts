import { describe, expect, it } from 'vitest';
import { checkStatement } from './check-statement.js';

describe('checkStatement()', () => {
  it.each([
    ['Tom has 12 pens.', '12', undefined],
    ['Tom pays $12.', '12', undefined],
    ['Tom has 1,200 pens.', '1200', undefined],
    ['The share is \\frac{3}{4}.', '\\frac{3}{4}', undefined],
    ['', '12', 'empty'],
    ['  \n', '12', 'empty'],
    ['How many of the 12 pens?', '12', 'still-asks'],
    ['Tom has 12 pens.\nSo it is.', '12', 'several-lines'],
    ['Tom has x = 12 pens.', '12', 'unknown-taken'],
    ['Tom has 120 pens.', '12', 'answer-missing'],
    ['Tom has 2.12 pens.', '12', 'answer-missing'],
    ['Tom has pens.', '12', 'answer-missing'],
    ['Tom has pens.', '', 'answer-missing'],
  ])('says of %j with the answer %j: %s', (statement, answer, fault) => {
    expect(checkStatement({ statement, answer })).toBe(fault);
  });
});
