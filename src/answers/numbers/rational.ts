import { max } from './math.js';
import { spendSteps } from './work.js';

/**
 * An exact rational number: reduced, the denominator always positive, so that equal values have equal fields.
 * Make one with `rational` or `parseRational`; a literal that is not reduced breaks `equals`.
 */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

/** The reduced fraction of two integers (numbers must be safe integers). Throws RangeError on a zero denominator. */
export const rational = (numerator: bigint | number, denominator: bigint | number = 1n): Rational => {
  const top = BigInt(numerator);
  const bottom = BigInt(denominator);
  if (bottom === 1n) return { numerator: top, denominator: 1n };
  if (bottom === 0n) throw new RangeError('Cannot make a fraction: its denominator is zero');
  const divisor = greatestCommonDivisor(top, bottom);
  const sign = bottom < 0n ? -divisor : divisor;
  return sign === 1n ? { numerator: top, denominator: bottom } : { numerator: top / sign, denominator: bottom / sign };
};

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };

export const add = (left: Rational, right: Rational): Rational => {
  if (left.denominator === right.denominator) return rational(left.numerator + right.numerator, left.denominator);
  return rational(cross(left, right) + cross(right, left), times(left.denominator, right.denominator));
};

export const subtract = (left: Rational, right: Rational): Rational => add(left, negate(right));

export const multiply = (left: Rational, right: Rational): Rational =>
  rational(times(left.numerator, right.numerator), times(left.denominator, right.denominator));

/** Throws RangeError when `right` is zero. */
export const divide = (left: Rational, right: Rational): Rational => rational(cross(left, right), cross(right, left));

export const negate = ({ numerator, denominator }: Rational): Rational => ({ numerator: -numerator, denominator });

export const absolute = (value: Rational): Rational => (isNegative(value) ? negate(value) : value);

/** -1, 0 or 1, as an order for `sort`. */
export const compare = (left: Rational, right: Rational): -1 | 0 | 1 => {
  const difference =
    left.denominator === right.denominator ? left.numerator - right.numerator : cross(left, right) - cross(right, left);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const equals = (left: Rational, right: Rational): boolean =>
  left.numerator === right.numerator && left.denominator === right.denominator;

export const isInteger = (value: Rational): boolean => value.denominator === 1n;

export const isNegative = (value: Rational): boolean => value.numerator < 0n;

export const isZero = (value: Rational): boolean => value.numerator === 0n;

const written = /^([+-]?)(\d*)(?:\.(\d*)|\/(\d+))?$/;

/** `12`, `-3/4`, `1.25`, `.5`; undefined for anything else, `1/0` included. Spaces around are ignored. */
export const parseRational = (text: string): Rational | undefined => {
  const match = written.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', decimals, bottom] = match;
  if (!whole && (decimals === undefined || !decimals)) return undefined;
  const digits = BigInt(`${whole}${decimals ?? ''}`);
  const top = sign === '-' ? -digits : digits;
  if (!bottom) return rational(top, 10n ** BigInt(decimals?.length ?? 0));
  const denominator = BigInt(bottom);
  return denominator === 0n ? undefined : rational(top, denominator);
};

/** Every digit of the decimal (`0.375`, `-12`); undefined when it does not terminate (1/3). */
export const toDecimalString = ({ numerator, denominator }: Rational): string | undefined => {
  if (denominator === 1n) return numerator.toString();
  const placeCount = countDecimalPlaces(denominator);
  if (placeCount === undefined) return undefined;
  const scaled = (numerator * 10n ** BigInt(placeCount)) / denominator;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(placeCount + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -placeCount)}.${digits.slice(-placeCount)}`;
};

/** `12`, `\frac{3}{4}`, `-\frac{3}{4}`. */
export const toLatex = ({ numerator, denominator }: Rational): string => {
  if (denominator === 1n) return numerator.toString();
  return numerator < 0n ? `-\\frac{${-numerator}}{${denominator}}` : `\\frac{${numerator}}{${denominator}}`;
};

/** The nearest double or one beside it; right for integers of any size, ±Infinity past 1.8e308. */
export const toNumber = ({ numerator, denominator }: Rational): number => {
  const top = Number(numerator);
  const bottom = Number(denominator);
  if (bottom === 1 || (Number.isFinite(top) && Number.isFinite(bottom))) return top / bottom;
  // Both too large for a double: drop the same number of bits from each, keeping more than 53.
  const excess = max(bitLength(numerator), bitLength(denominator)) - 1000;
  const shift = BigInt(max(excess, 0));
  return Number(numerator >> shift) / Number(denominator >> shift);
};

/** The number of bits of |value|. */
export const bitLength = (value: bigint): number => {
  const hex = (value < 0n ? -value : value).toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)) + 28;
};

/** The whole part of the root of a positive integer, by Newton's method from above. */
export const floorOfRoot = (value: bigint, index: number): bigint => {
  const power = BigInt(index);
  let guess = 1n << BigInt(Math.ceil(bitLength(value) / index));
  for (;;) {
    const next = ((power - 1n) * guess + value / guess ** (power - 1n)) / power;
    if (next >= guess) return guess;
    guess = next;
  }
};

/** Never negative; gcd(0, 0) is 0. */
export const greatestCommonDivisor = (first: bigint, second: bigint): bigint => {
  let larger = first < 0n ? -first : first;
  let smaller = second < 0n ? -second : second;
  if (larger > MAX_SAFE && smaller > MAX_SAFE) spendSteps(euclidSteps(larger < smaller ? larger : smaller));
  else if (larger > LONG || smaller > LONG) spendSteps((countWords(larger) + countWords(smaller)) / 6);
  while (smaller !== 0n) {
    // Doubles are several times faster than bigint, and nearly every answer fits.
    if (larger <= MAX_SAFE && smaller <= MAX_SAFE) return BigInt(gcdOfDoubles(Number(larger), Number(smaller)));
    [larger, smaller] = [smaller, larger % smaller];
  }
  return larger;
};

/** Euclid's divisions are as many as the smaller number has bits, nearly, and each costs as much as it has words: a gcd of 50,000 bits takes 0.3 s. */
const euclidSteps = (smaller: bigint): number => bitLength(smaller) ** 2 / 800;

/** A numerator over the product of both denominators. */
const cross = (left: Rational, right: Rational): bigint => times(left.numerator, right.denominator);

/** A product. Past some thousand bits it is paid for: 625 words by 625 take 0.1 ms, and sums of monomials make thousands of such products. */
const times = (left: bigint, right: bigint): bigint => {
  const product = left * right;
  if (product > LONG || product < -LONG) {
    const first = countWords(left);
    const second = countWords(right);
    spendSteps((first + second) / 32 + (first * second) / 200);
  }
  return product;
};

/** How many 64-bit words a long integer has, up to the next power of two: some comparisons, and no copy of it. */
export const countWords = (value: bigint): number => {
  const size = value < 0n ? -value : value;
  let words = 8;
  for (const limit of wordLimits) {
    if (size < limit) return words;
    words *= 2;
  }
  return words;
};

/** 8, 16, … 8,192 words, and LONG is 16 of them. */
const wordLimits = Array.from({ length: 11 }, (_, index) => 1n << BigInt(512 << index));
const LONG = 1n << 1024n;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export const gcdOfDoubles = (first: number, second: number): number => {
  let larger = first;
  let smaller = second;
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
};

const countDecimalPlaces = (denominator: bigint): number | undefined => {
  let rest = denominator;
  let twoCount = 0;
  let fiveCount = 0;
  for (; rest % 2n === 0n; rest /= 2n) twoCount++;
  for (; rest % 5n === 0n; rest /= 5n) fiveCount++;
  return rest === 1n ? max(twoCount, fiveCount) : undefined;
};
