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

  it.each([
    ['The half is $\\frac{5}{2}$.', '2'],
    ['It is $-2$.', '2'],
    ['It is 1/2 of it.', '2'],
    ['The sum is $x^2+2$.', '2'],
  ])('does not find in %j the answer %j, which is a piece of it', (statement, answer) => {
    expect(checkStatement({ statement, answer, variable: 'y' })).toBe('answer-missing');
  });

  it.each([
    ['The solution is $t=7$.', '7'],
    ['It is $\\dfrac{3}{4}$.', '\\frac{3}{4}'],
    ['It is $\\left(2, 3\\right)$.', '(2,3)'],
    ['He has \\$12 left.', '12'],
    ['It is $0.5$.', '\\frac{1}{2}'],
  ])('finds in %j the answer %j', (statement, answer) => {
    expect(checkStatement({ statement, answer })).toBe(undefined);
  });

  it.each([
    ['How many of the 12 pens are left?', '12 pens are left.', 'answer-missing'],
    ['What is $3 + 9$?', 'The value of $3 + 9$ is 12.', undefined],
    ['How many of the 12 pens are left?', '12 of the 12 pens are left.', undefined],
    ['How many of the 20 pens are left?', '12 of the 20 pens are left.', undefined],
  ])('of %j the statement %j, with the answer 12: %s', (question, statement, fault) => {
    expect(checkStatement({ statement, answer: '12', question })).toBe(fault);
  });

  it('refuses the letter that the masked quantity is called by', () => {
    const check = (variable: string) => checkStatement({ statement: 'So x is 12.', answer: '12', variable });
    expect([check('x'), check('y')]).toEqual(['unknown-taken', undefined]);
  });
});
