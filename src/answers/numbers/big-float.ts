import { max, min } from './math.js';
import { bitLength, floorOfRoot, type Rational } from './rational.js';

/** mantissa · 2^exponent with a mantissa of at most PRECISION bits: no overflow, no underflow, about 70 digits. */
export type BigFloat = { readonly mantissa: bigint; readonly exponent: number };

export const PRECISION = 256;
const GUARD = 64;
const FRACTION = PRECISION + GUARD;
const FRACTION_BITS = BigInt(FRACTION);
const ONE = 1n << FRACTION_BITS;

export const zero: BigFloat = { mantissa: 0n, exponent: 0 };

const round = (mantissa: bigint, exponent: number): BigFloat => {
  const excess = bitLength(mantissa) - PRECISION;
  return excess <= 0 ? { mantissa, exponent } : { mantissa: mantissa >> BigInt(excess), exponent: exponent + excess };
};

export const fromRational = ({ numerator, denominator }: Rational): BigFloat => {
  if (denominator === 1n) return round(numerator, 0);
  const shift = max(0, FRACTION + bitLength(denominator) - bitLength(numerator));
  return round((numerator << BigInt(shift)) / denominator, -shift);
};

export const negate = ({ mantissa, exponent }: BigFloat): BigFloat => ({ mantissa: -mantissa, exponent });

/** The power of two just above |value|; -Infinity for zero. */
export const magnitude = ({ mantissa, exponent }: BigFloat): number =>
  mantissa === 0n ? Number.NEGATIVE_INFINITY : bitLength(mantissa) + exponent;

export const add = (left: BigFloat, right: BigFloat): BigFloat => {
  if (left.mantissa === 0n) return right;
  if (right.mantissa === 0n) return left;
  // What lies more than the precision below the larger cannot change it.
  const gap = magnitude(left) - magnitude(right);
  if (gap > FRACTION) return left;
  if (gap < -FRACTION) return right;
  const exponent = min(left.exponent, right.exponent);
  return round(
    (left.mantissa << BigInt(left.exponent - exponent)) + (right.mantissa << BigInt(right.exponent - exponent)),
    exponent,
  );
};

export const multiply = (left: BigFloat, right: BigFloat): BigFloat =>
  round(left.mantissa * right.mantissa, left.exponent + right.exponent);

/** Undefined for a zero divisor. */
export const divide = (left: BigFloat, right: BigFloat): BigFloat | undefined => {
  if (right.mantissa === 0n) return undefined;
  const shift = FRACTION + bitLength(right.mantissa);
  return round((left.mantissa << BigInt(shift)) / right.mantissa, left.exponent - right.exponent - shift);
};

/** The positive root of a positive number. */
export const root = (value: BigFloat, index: number): BigFloat | undefined => {
  if (value.mantissa === 0n) return zero;
  if (value.mantissa < 0n || index < 1 || index > 60) return undefined;
  let shift = PRECISION * index;
  shift += (((value.exponent - shift) % index) + index) % index;
  const scaled = value.mantissa << BigInt(shift);
  return round(floorOfRoot(scaled, index), (value.exponent - shift) / index);
};

/** e^value; undefined past 2^(±10^9). */
export const exponential = (value: BigFloat): BigFloat | undefined => {
  if (magnitude(value) > 30) return undefined;
  const fixed = toFixed(value);
  const turns = fixed / LN2;
  const rest = fixed - turns * LN2;
  // Halving the argument eight times keeps the series short.
  const small = rest >> 8n;
  let term = ONE;
  let sum = ONE;
  for (let index = 1n; term !== 0n; index++) {
    term = (term * small) / (ONE * index);
    sum += term;
    if (term === -1n) break;
  }
  for (let count = 0; count < 8; count++) sum = (sum * sum) >> FRACTION_BITS;
  return round(sum, Number(turns) - FRACTION);
};

/** ln(value) by Newton's method on exp; undefined for value <= 0. */
export const logarithm = (value: BigFloat): BigFloat | undefined => {
  if (value.mantissa <= 0n) return undefined;
  const exponent = magnitude(value);
  const fraction: BigFloat = { mantissa: value.mantissa, exponent: value.exponent - exponent };
  const start = Math.log(Number(toFixed(fraction) >> BigInt(FRACTION - 52)) / 2 ** 52);
  let guess = fromDouble(start);
  for (let count = 0; count < 4; count++) {
    const inverse = exponential(negate(guess));
    if (!inverse) return undefined;
    guess = add(guess, add(multiply(fraction, inverse), { mantissa: -1n, exponent: 0 }));
  }
  return add(guess, multiply(round(LN2, -FRACTION), { mantissa: BigInt(exponent), exponent: 0 }));
};

/** sin and cos of an argument below 2^60. */
export const sineAndCosine = (value: BigFloat): { sine: BigFloat; cosine: BigFloat } | undefined => {
  if (magnitude(value) > 60) return undefined;
  const fixed = toFixed(value);
  const halfTurn = PI >> 1n;
  let quarter = fixed / halfTurn;
  let rest = fixed - quarter * halfTurn;
  if (rest < 0n) {
    rest += halfTurn;
    quarter -= 1n;
  }
  const sine = series(rest, rest, 1n);
  const cosine = series(ONE, rest, 0n);
  const turn = Number(((quarter % 4n) + 4n) % 4n);
  const pairs: readonly (readonly [bigint, bigint])[] = [
    [sine, cosine],
    [cosine, -sine],
    [-sine, -cosine],
    [-cosine, sine],
  ];
  const [first, second] = pairs[turn] ?? [0n, 0n];
  return { sine: round(first, -FRACTION), cosine: round(second, -FRACTION) };
};

/** Taylor: the next term is minus the last times x²/(n(n+1)). */
const series = (first: bigint, argument: bigint, start: bigint): bigint => {
  const square = (argument * argument) >> FRACTION_BITS;
  let term = first;
  let sum = first;
  for (let index = start; term !== 0n && term !== -1n; index += 2n) {
    term = -((term * square) >> FRACTION_BITS) / ((index + 1n) * (index + 2n));
    sum += term;
  }
  return sum;
};

const toFixed = ({ mantissa, exponent }: BigFloat): bigint => {
  const shift = exponent + FRACTION;
  return shift >= 0 ? mantissa << BigInt(shift) : mantissa >> BigInt(-shift);
};

const fromDouble = (value: number): BigFloat => round(BigInt(Math.round(value * 2 ** 52)), -52);

/** Σ 1/((2k+1) n^(2k+1)), alternating for arctan, in fixed point. */
const arcSeries = (divisor: bigint, isAlternating: boolean): bigint => {
  let power = ONE / divisor;
  let sum = 0n;
  for (let index = 1n; power !== 0n; index += 2n) {
    sum += isAlternating && index % 4n === 3n ? -(power / index) : power / index;
    power /= divisor * divisor;
  }
  return sum;
};

/** Machin: π = 16 arctan(1/5) - 4 arctan(1/239). */
const PI = 16n * arcSeries(5n, true) - 4n * arcSeries(239n, true);
const LN2 = 18n * arcSeries(26n, false) - 2n * arcSeries(4801n, false) + 8n * arcSeries(8749n, false);

export const pi: BigFloat = round(PI, -FRACTION);
