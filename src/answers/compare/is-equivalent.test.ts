import { describe, expect, it } from 'vitest';
import { exampleAnswers } from '../samples/example-answers.js';
import { isEquivalent } from './is-equivalent.js';

for (const [title, rows] of Object.entries(exampleAnswers)) {
  describe(`isEquivalent() on ${title}`, () => {
    it.each(rows)('%s against %s: %s', (gold, answer, expected) => {
      const result = isEquivalent(gold, answer);
      expect(result.equivalent, result.rule).toBe(expected);
    });
  });
}

describe('isEquivalent()', () => {
  it.each(Object.values(exampleAnswers).flat())('takes %s as equal to itself', (gold) => {
    if (gold !== '') expect(isEquivalent(gold, gold).equivalent).toBe(true);
  });

  it.each([
    ['7', '7', 'same-text'],
    ['\\frac12', '0.5', 'exact-number'],
    ['x^2-1', '(x-1)(x+1)', 'exact-form'],
    ['\\sin 2x', '2\\sin x\\cos x', 'sampled'],
    ['\\frac23', '0.666667', 'rounded-decimal'],
    ['5 cm', '5', 'unit'],
    ['(1,2)', '1<x<2', 'interval'],
  ])('names the rule that decided %s against %s: %s', (gold, answer, rule) => {
    expect(isEquivalent(gold, answer).rule).toBe(rule);
  });
});
