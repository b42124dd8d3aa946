import { describe, expect, it } from 'vitest';
import { constantPolynomial, keyOf } from './polynomial.js';
import {
  absolute,
  add,
  bitLength,
  compare,
  countWords,
  divide,
  equals,
  greatestCommonDivisor,
  isInteger,
  multiply,
  negate,
  parseRational,
  rational,
  subtract,
  toDecimalString,
  toLatex,
  toNumber,
} from './rational.js';
import { withBoundedWork, workExceeded } from './work.js';

describe('rational()', () => {
  it.each([
    [6, 4, 3n, 2n],
    [6, -4, -3n, 2n],
    [0, -7, 0n, 1n],
    [-5, 1, -5n, 1n],
    [7, -1, -7n, 1n],
    [10n ** 40n, 10n ** 39n, 10n, 1n],
  ])('%s/%s is reduced with a positive denominator', (top, bottom, numerator, denominator) => {
    expect(rational(top, bottom)).toEqual({ numerator, denominator });
  });

  it('refuses a zero denominator', () => {
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => divide(rational(1), rational(0))).toThrow(RangeError);
  });
});

describe('work on long numbers', () => {
  const long = { numerator: 3n ** 20_000n, denominator: 1n };
  const part = { numerator: 1n, denominator: 5n ** 10_000n };
  const other = { numerator: 1n, denominator: 7n ** 9000n };
  it.each([
    ['products', () => multiply(long, long)],
    ['quotients', () => divide(long, part)],
    ['sums', () => add(part, other)],
    ['comparisons', () => compare(part, other)],
    ['divisors', () => greatestCommonDivisor(long.numerator, part.denominator)],
    ['remainders by a short number', () => greatestCommonDivisor(long.numerator, 7n)],
    ['names', () => keyOf(constantPolynomial(long))],
  ])('%s are paid for in steps', (_, work) => {
    const repeat = (): void => {
      for (let count = 0; count < 200_000; count++) work();
    };
    expect(() => withBoundedWork(repeat)).toThrow(workExceeded.message);
  });

  it.each([
    [1n, 8],
    [2n ** 512n - 1n, 8],
    [-(2n ** 512n), 16],
    [2n ** 4000n, 64],
    [2n ** 30_000n, 512],
  ])('countWords(%s)', (value, words) => {
    expect(countWords(value)).toBe(words);
  });
});

describe('arithmetic', () => {
  const half = rational(1, 2);
  const third = rational(1, 3);
  it('adds, subtracts, multiplies and divides exactly', () => {
    expect(add(half, third)).toEqual(rational(5, 6));
    expect(subtract(third, half)).toEqual(rational(-1, 6));
    expect(multiply(half, third)).toEqual(rational(1, 6));
    expect(divide(half, third)).toEqual(rational(3, 2));
    expect(negate(half)).toEqual(rational(-1, 2));
    expect(absolute(rational(-3, 4))).toEqual(rational(3, 4));
  });

  it('orders and compares', () => {
    expect(compare(half, third)).toBe(1);
    expect(compare(negate(half), third)).toBe(-1);
    expect(compare(half, rational(2, 4))).toBe(0);
    expect(equals(half, rational(2, 4))).toBe(true);
    expect(isInteger(rational(8, 4))).toBe(true);
    expect(isInteger(half)).toBe(false);
  });

  it('finds divisors of numbers beyond doubles', () => {
    expect(greatestCommonDivisor(2n ** 90n * 3n, 2n ** 80n * 9n)).toBe(2n ** 80n * 3n);
    expect(greatestCommonDivisor(0n, 0n)).toBe(0n);
    expect(greatestCommonDivisor(-12n, 18n)).toBe(6n);
  });
});

describe('parseRational()', () => {
  it.each([
    ['12', 12n, 1n],
    ['-3/4', -3n, 4n],
    ['1.25', 5n, 4n],
    ['.5', 1n, 2n],
    ['5.', 5n, 1n],
    [' +7 ', 7n, 1n],
    ['6/4', 3n, 2n],
    ['-0', 0n, 1n],
  ])('reads %s', (text, numerator, denominator) => {
    expect(parseRational(text)).toEqual({ numerator, denominator });
  });

  it.each(['', '.', '-', '1/0', '1/2/3', '1e3', 'x', '1.5/2', '1,000', '--1'])('refuses %j', (text) => {
    expect(parseRational(text)).toBeUndefined();
  });
});

describe('writing', () => {
  it.each([
    ['3/8', '0.375', '\\frac{3}{8}', 0.375],
    ['-3/4', '-0.75', '-\\frac{3}{4}', -0.75],
    ['12', '12', '12', 12],
    ['1/3', undefined, '\\frac{1}{3}', 1 / 3],
    ['-1/80', '-0.0125', '-\\frac{1}{80}', -0.0125],
  ])('%s is %s, %s, %s', (text, decimal, latex, number) => {
    const value = parseRational(text) ?? rational(0);
    expect(toDecimalString(value)).toBe(decimal);
    expect(toLatex(value)).toBe(latex);
    expect(toNumber(value)).toBe(number);
  });

  it('turns fractions of numbers beyond doubles into doubles', () => {
    expect(toNumber(rational(10n ** 400n, 3n * 10n ** 399n))).toBeCloseTo(10 / 3, 12);
    expect(toNumber(rational(1n, 10n ** 400n))).toBe(0);
    expect(toNumber(rational(10n ** 400n))).toBe(Infinity);
  });

  it('counts bits', () => {
    expect([0n, 1n, 2n, 255n, 256n, -(2n ** 70n)].map(bitLength)).toEqual([0, 1, 2, 8, 9, 71]);
  });
});
