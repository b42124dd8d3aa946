import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../parse/parse-answer.js';
import { add, magnitude, negate } from './big-float.js';
import { agreePrecisely, evaluatePrecisely } from './evaluate-precisely.js';

const preciseValue = (text: string) => {
  const [reading] = parseAnswer(text).readings;
  return reading && evaluatePrecisely(reading);
};

describe('evaluatePrecisely()', () => {
  // The digits of the constants as tables of them give.
  it.each([
    ['\\pi', '3.14159265358979323846264338327950288419716939937510582097494'],
    ['e', '2.71828182845904523536028747135266249775724709369995957496696'],
    ['\\sqrt{2}', '1.41421356237309504880168872420969807856967187537694807317667'],
    ['\\ln 2', '0.69314718055994530941723212145817656807550013436025525412068'],
    ['\\sin 1', '0.84147098480789650665250232163029899962256306079837106567275'],
  ])('knows %s to 58 places', (text, digits) => {
    const [value, table] = [preciseValue(text), preciseValue(digits)];
    expect(value && table && magnitude(add(value, negate(table)))).toBeLessThan(-192);
  });

  it.each([
    ['e^{\\ln 5}', '5', true],
    ['\\sqrt{5+2\\sqrt{6}}', '\\sqrt{2}+\\sqrt{3}', true],
    ['\\tan 15^\\circ', '2-\\sqrt{3}', true],
    ['e^{\\pi\\sqrt{163}}', '262537412640768744', false],
    ['e^{-2000}', 'e^{-2001}', false],
    ['e^{5000}\\cdot e^{-4999}', 'e', true],
    ['\\sin 22', '-0.0088513092904038759216902568157', false],
  ])('%s and %s agree: %s', (left, right, expected) => {
    const [first, second] = [preciseValue(left), preciseValue(right)];
    expect(first && second && agreePrecisely(first, second)).toBe(expected);
  });

  it.each(['\\sqrt{-1}', '\\ln(-2)', '\\frac{1}{0}', 'x', 'e^{e^{100}}'])('has no value for %s', (text) => {
    expect(preciseValue(text)).toBeUndefined();
  });
});
