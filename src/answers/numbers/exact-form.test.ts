import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../parse/parse-answer.js';
import { areFormsEqual, toExactForm } from './exact-form.js';

const formOf = (text: string) => {
  const [reading] = parseAnswer(text).readings;
  return reading && toExactForm(reading);
};

describe('areFormsEqual()', () => {
  it.each([
    ['\\sqrt{12}', '2\\sqrt{3}', true],
    ['\\sqrt{2}\\sqrt{3}', '\\sqrt{6}', true],
    ['\\frac{1}{\\sqrt{2}-1}', '\\sqrt{2}+1', true],
    ['(1+\\sqrt{2})^3', '7+5\\sqrt{2}', true],
    ['\\sqrt[3]{2}\\sqrt[3]{4}', '2', true],
    ['(2+i)(2-i)', '5', true],
    ['\\frac{x^2-1}{x-1}', 'x+1', true],
    ['(a+b)^3', 'a^3+3a^2b+3ab^2+b^3', true],
    ['\\sqrt{x}\\sqrt{x}', 'x', true],
    ['\\gcd(12, 18)', '6', true],
    ['\\sqrt{2}', '1.41421356237', false],
    ['\\pi', '\\frac{22}{7}', false],
    ['x+1', 'x-1', false],
    ['\\sqrt{x^2}', 'x', undefined],
    ['\\sin x', '\\cos x', undefined],
    ['\\sqrt{3+2\\sqrt2}', '1+\\sqrt2', undefined],
  ])('%s and %s: %s', (left, right, expected) => {
    const [first, second] = [formOf(left), formOf(right)];
    expect(first && second && areFormsEqual(first, second)).toBe(expected);
  });

  it('gives up on forms past the bounds', () => {
    expect(formOf('(a+b+c+d+e+f+g+h)^{60}')?.isOpaque).toBe(true);
    expect(formOf('\\frac{1}{x-x}')).toBeUndefined();
  });
});
