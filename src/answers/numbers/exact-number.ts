import type { Expression } from './expression.js';
import { evaluateAll, foldParts } from './fold-parts.js';
import {
  absolute,
  add,
  bitLength,
  compare,
  divide,
  equals,
  floorOfRoot,
  greatestCommonDivisor,
  isInteger,
  isNegative,
  isZero,
  multiply,
  negate,
  one,
  type Rational,
  rational,
  subtract,
  zero,
} from './rational.js';
import { spendSteps } from './work.js';

/** What exact evaluation may spend, in bits of results; keeps power towers and huge factorials from hanging. */
type ExactBudget = { bitsLeft: number };

const MAX_INTEGER_BITS = 200_000;
const MAX_FRACTION_BITS = 40_000;
const MAX_TERM_COUNT = 2000n;

/**
 * The value of an expression without variables when it is rational: 2^{99}, 1/2004!, \binom{40}{10}, \sqrt{16/9}.
 * Undefined when it is not rational, not defined, or too large to write out.
 */
export const evaluateExactly = (
  expression: Expression,
  budget: ExactBudget = { bitsLeft: 600_000 },
  values?: ReadonlyMap<string, Rational>,
): Rational | undefined => {
  spendSteps(1);
  const evaluate = (part: Expression): Rational | undefined => evaluateExactly(part, budget, values);
  const fold = (parts: readonly Expression[], combine: typeof add): Rational | undefined =>
    foldParts(parts, evaluate, (left, right) => spend(combine(left, right), budget));
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'symbol':
      return values?.get(expression.name);
    case 'negative': {
      const operand = evaluate(expression.operand);
      return operand && negate(operand);
    }
    case 'sum':
      return fold(expression.terms, add);
    case 'product':
      return fold(expression.factors, multiply);
    case 'percent': {
      const operand = evaluate(expression.operand);
      return operand && divide(operand, rational(100));
    }
    case 'quotient': {
      const top = evaluate(expression.top);
      const bottom = top && evaluate(expression.bottom);
      return bottom && !isZero(bottom) ? spend(divide(top, bottom), budget) : undefined;
    }
    case 'power': {
      const base = evaluate(expression.base);
      const exponent = base && evaluate(expression.exponent);
      return exponent && raise(base, exponent, budget);
    }
    case 'root': {
      const index = evaluate(expression.index);
      const radicand = index && evaluate(expression.radicand);
      return radicand && isInteger(index) && index.numerator > 0n && index.numerator < 1000n
        ? exactRoot(radicand, Number(index.numerator))
        : undefined;
    }
    case 'series':
      return sumSeries(expression, budget, values);
    case 'call': {
      const operands = evaluateAll(expression.operands, evaluate);
      return operands && applyExactly(expression.name, operands, budget);
    }
    default:
      return undefined;
  }
};

/** Undefined when the result is too large; otherwise the result, paid for. */
const spend = (value: Rational, budget: ExactBudget): Rational | undefined => {
  if (value.numerator < SMALL && value.numerator > -SMALL && value.denominator < SMALL)
    return pay(budget, 50) ? value : undefined;
  const bits = bitsOf(value);
  spendSteps(bits >> 3);
  return pay(budget, bits) && bits <= mostBits(value) ? value : undefined;
};

const bitsOf = ({ numerator, denominator }: Rational): number => bitLength(numerator) + bitLength(denominator);

const mostBits = (value: Rational): number => (isInteger(value) ? MAX_INTEGER_BITS : MAX_FRACTION_BITS);

/** Whether there was enough left. */
const pay = (budget: ExactBudget, bits: number): boolean => {
  budget.bitsLeft -= bits;
  return budget.bitsLeft >= 0;
};

const SMALL = 1n << 60n;

const raise = (base: Rational, exponent: Rational, budget: ExactBudget): Rational | undefined => {
  if (!isInteger(exponent)) {
    if (exponent.denominator > 100n) return undefined;
    // The principal root of a negative number is not real
    const root = isNegative(base) ? undefined : exactRoot(base, Number(exponent.denominator));
    return root && raise(root, rational(exponent.numerator), budget);
  }
  if (isZero(base)) return exponent.numerator > 0n ? base : undefined;
  if (equals(absolute(base), one)) return exponent.numerator % 2n === 0n ? one : base;
  const size = absolute(exponent).numerator;
  if (size > 1_000_000n) return undefined;
  const bits = bitsOf(base) * Number(size);
  if (!pay(budget, bits) || bits > mostBits(base)) return undefined;
  spendSteps(bits >> 3);
  // A power of a reduced fraction is reduced.
  const top = base.numerator ** size;
  const bottom = base.denominator ** size;
  return exponent.numerator > 0n ? { numerator: top, denominator: bottom } : rational(bottom, top);
};

/** The exact root, if there is one; odd roots of negative numbers are real. */
const exactRoot = (value: Rational, index: number): Rational | undefined => {
  if (index === 1) return value;
  if (isNegative(value) && index % 2 === 0) return undefined;
  const top = integerRoot(absolute(value).numerator, index);
  const bottom = top === undefined ? undefined : integerRoot(value.denominator, index);
  if (top === undefined || bottom === undefined) return undefined;
  return { numerator: isNegative(value) ? -top : top, denominator: bottom };
};

const integerRoot = (value: bigint, index: number): bigint | undefined => {
  if (value < 2n) return value;
  const bits = bitLength(value);
  if (index >= bits || bits > MAX_FRACTION_BITS) return undefined;
  spendSteps(bits * 4);
  const root = floorOfRoot(value, index);
  return root ** BigInt(index) === value ? root : undefined;
};

const applyExactly = (name: string, operands: readonly Rational[], budget: ExactBudget): Rational | undefined => {
  const [first, second] = operands;
  if (!first) return undefined;
  switch (name) {
    case 'abs':
      return absolute(first);
    case 'floor':
      return floor(first);
    case 'ceil':
      return negate(floor(negate(first)));
    case 'max':
    case 'min': {
      const sign = name === 'max' ? 1 : -1;
      return operands.reduce((left, right) => (sign * compare(left, right) >= 0 ? left : right));
    }
    case 'gcd':
      return operands.map(absolute).reduce(rationalGcd);
    case 'lcm':
      return operands.map(absolute).reduce((left, right) => {
        const divisor = rationalGcd(left, right);
        return isZero(divisor) ? divisor : divide(multiply(left, right), divisor);
      });
    case 'mod':
      return second && !isZero(second) ? subtract(first, multiply(second, floor(divide(first, second)))) : undefined;
    case 'factorial':
      return factorial(first, 1n, budget);
    case 'factorial2':
      return factorial(first, 2n, budget);
    case 'binom':
      return second && binomial(first, second, budget);
    case 'log':
      return exactLogarithm(first, second ?? rational(10));
    case 'sgn':
      return rational(compare(first, zero));
    default:
      return undefined;
  }
};

export const floor = (value: Rational): Rational => {
  const quotient = value.numerator / value.denominator;
  return rational(isNegative(value) && quotient * value.denominator !== value.numerator ? quotient - 1n : quotient);
};

const rationalGcd = (left: Rational, right: Rational): Rational =>
  rational(
    greatestCommonDivisor(left.numerator * right.denominator, right.numerator * left.denominator),
    left.denominator * right.denominator,
  );

const factorial = (value: Rational, step: bigint, budget: ExactBudget): Rational | undefined => {
  if (!isInteger(value) || isNegative(value) || value.numerator > 4000n) return undefined;
  spendSteps(Number(value.numerator) * 4);
  if (!pay(budget, Number(value.numerator) * 10)) return undefined;
  let product = 1n;
  for (let factor = value.numerator; factor > 1n; factor -= step) product *= factor;
  return rational(product);
};

const binomial = (top: Rational, bottom: Rational, budget: ExactBudget): Rational | undefined => {
  if (!isInteger(top) || !isInteger(bottom) || isNegative(bottom) || isNegative(top)) return undefined;
  if (bottom.numerator > top.numerator) return zero;
  const mirrored = top.numerator - bottom.numerator;
  // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint
  const count = bottom.numerator < mirrored ? bottom.numerator : mirrored;
  if (count > 3000n || top.numerator > 1_000_000_000n) return undefined;
  spendSteps(Number(count) * 8);
  if (!pay(budget, Number(count) * 30)) return undefined;
  let result = 1n;
  for (let step = 1n; step <= count; step++) result = (result * (top.numerator - count + step)) / step;
  return rational(result);
};

/** log_8 4 = 2/3 and the like: both are powers of one number. */
const exactLogarithm = (value: Rational, base: Rational): Rational | undefined => {
  if (
    value.numerator <= 0n ||
    base.numerator <= 0n ||
    bitLength(value.numerator) > 4000 ||
    bitLength(value.denominator) > 4000
  )
    return undefined;
  if (equals(value, one)) return equals(base, one) ? undefined : zero;
  for (const divisor of [1, 2, 3, 4, 5, 6]) {
    const root = exactRoot(base, divisor);
    if (!root || equals(root, one)) continue;
    const power = exponentOf(value, root);
    if (power !== undefined) return rational(power, divisor);
  }
  return undefined;
};

const exponentOf = (value: Rational, base: Rational): number | undefined => {
  const isSmall = compare(base, one) < 0;
  const larger = isSmall ? divide(one, base) : base;
  const isBelow = compare(value, one) < 0;
  let rest = isBelow ? divide(one, value) : value;
  let count = 0;
  for (; compare(rest, one) > 0 && count < 4000; count++) {
    spendSteps(4 + (bitLength(rest.numerator) >> 6));
    rest = divide(rest, larger);
  }
  return equals(rest, one) ? (isSmall === isBelow ? count : -count) : undefined;
};

const sumSeries = (
  { name, variable, from, to, body }: Extract<Expression, { kind: 'series' }>,
  budget: ExactBudget,
  values: ReadonlyMap<string, Rational> = new Map(),
): Rational | undefined => {
  const low = evaluateExactly(from, budget, values);
  const high = evaluateExactly(to, budget, values);
  if (!low || !high || !isInteger(low) || !isInteger(high) || high.numerator - low.numerator > MAX_TERM_COUNT)
    return undefined;
  const isSum = name === 'sum';
  let total = isSum ? zero : one;
  for (let index = low.numerator; index <= high.numerator; index++) {
    const term = evaluateExactly(body, budget, new Map([...values, [variable, rational(index)]]));
    const next = term && spend(isSum ? add(total, term) : multiply(total, term), budget);
    if (!next) return undefined;
    total = next;
  }
  return total;
};
