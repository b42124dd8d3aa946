import { type Complex, distance, isReal, modulus } from '../numbers/complex.js';
import { evaluateNumerically } from '../numbers/evaluate-numerically.js';
import { agreePrecisely, evaluatePrecisely } from '../numbers/evaluate-precisely.js';
import { areFormsEqual, toExactForm } from '../numbers/exact-form.js';
import { evaluateExactly } from '../numbers/exact-number.js';
import { childrenOf, type Expression } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import { abs, max } from '../numbers/math.js';
import {
  absolute,
  compare,
  equals,
  multiply,
  negate,
  type Rational,
  rational,
  subtract,
  toNumber,
} from '../numbers/rational.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { accept, reject, undecided, type Verdict, verdict } from '../parse/verdict.js';
import { compareBySampling } from './compare-by-sampling.js';

/**
 * Compares two numbers or formulas: exactly as rationals, exactly as quotients of polynomials over radicals, π, e, i and
 * variables, and only then by sampling. Sampling accepts when the values agree at every seeded point where both exist.
 */
export const compareScalars = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const left = evaluateExactly(gold);
  const right = left && evaluateExactly(answer);
  if (left && right) {
    if (equals(left, right)) return accept('exact-number');
    return compareLoosely(gold, answer, left, right, policy) ?? reject('exact-number');
  }
  const names = variablesOf(gold, variablesOf(answer));
  const goldForm = toExactForm(gold);
  const answerForm = goldForm && toExactForm(answer);
  const decided = answerForm && areFormsEqual(goldForm, answerForm);
  if (decided === true) return accept('exact-form');
  if (names.size === 0) return compareConstants(gold, answer, decided === false, policy);
  return decided === false ? reject('exact-form') : compareBySampling(gold, answer, names);
};

/** The names of all variables in an expression, bound ones apart. */
export const variablesOf = (expression: Expression, names: Set<string> = new Set()): Set<string> => {
  if (is.symbol(expression)) names.add(expression.name);
  if (is.text(expression)) names.add(`text ${expression.text}`);
  const bound = is.series(expression) ? expression.variable : undefined;
  const hadBound = bound !== undefined && names.has(bound);
  for (const child of childrenOf(expression)) variablesOf(child, names);
  if (bound && !hadBound) names.delete(bound);
  return names;
};

const none: ReadonlyMap<string, Complex> = new Map();
const AGREEMENT = 1e-11;

const compareConstants = (gold: Expression, answer: Expression, isDecided: boolean, policy: AnswerPolicy): Verdict => {
  const left = evaluateNumerically(gold, none);
  const right = left && evaluateNumerically(answer, none);
  if (!left || !right) return isDecided ? reject('exact-form') : (compareTruly(gold, answer) ?? undecided);
  const size = max(modulus(left), modulus(right));
  const difference = distance(left, right);
  if (isReal(left) && isReal(right)) {
    const loose = compareLoosely(gold, answer, left.re, right.re, policy);
    if (loose) return loose;
  }
  if (isDecided) return reject('exact-form');
  const noise = left.noise + right.noise;
  if (difference > AGREEMENT * size + 8 * noise) return reject('sampled');
  // Cancellation can leave nothing but noise; then agreement of doubles proves nothing.
  return compareTruly(gold, answer) ?? (noise > 1e-8 * size ? undecided : accept('sampled'));
};

/** To 70 digits and without overflow: e^{-2000} is not e^{-2001}, e^{π√163} is no whole number. */
const compareTruly = (gold: Expression, answer: Expression): Verdict | undefined => {
  const left = evaluatePrecisely(gold);
  const right = left && evaluatePrecisely(answer);
  return left && right && verdict(agreePrecisely(left, right), 'high-precision');
};

/** 0.000001 rounds too much: besides its places, a rounding must show this many significant digits. */
const LEAST_DIGITS = 4;

/** What a policy takes for equal: two values that differ little, or a decimal beside the exact number that it is the rounding of. */
const compareLoosely = (
  gold: Expression,
  answer: Expression,
  left: Rational | number,
  right: Rational | number,
  { roundedDecimalPlaces, relativeTolerance }: AnswerPolicy,
): Verdict | undefined => {
  if (roundedDecimalPlaces > 0 && isDecimal(gold) !== isDecimal(answer)) {
    const { places, digits, value } = decimalOf(isDecimal(gold) ? gold : answer);
    const exact = isDecimal(gold) ? right : left;
    if (places >= roundedDecimalPlaces && digits >= LEAST_DIGITS && isRounding(value, exact, places))
      return accept('rounded-decimal');
  }
  if (relativeTolerance <= 0) return undefined;
  const near = toDouble(left);
  const far = toDouble(right);
  return abs(near - far) <= relativeTolerance * abs(near) ? accept('tolerance') : undefined;
};

const toDouble = (value: Rational | number): number => (typeof value === 'number' ? value : toNumber(value));

/** 0.333333 for 1/3: a written decimal that is the other, exact number rounded to its own places. */
const isRounding = (decimal: Rational, exact: Rational | number, places: number): boolean =>
  typeof exact === 'number'
    ? places <= 14 && abs(toNumber(decimal) - exact) <= 0.5 * 10 ** -places * (1 + 1e-6)
    : compare(absolute(subtract(decimal, exact)), rational(1n, 2n * 10n ** BigInt(places))) <= 0;

const isDecimal = (expression: Expression): boolean => {
  if (is.negative(expression)) return isDecimal(expression.operand);
  return is.number(expression) && (expression.decimalPlaces ?? 0) > 0;
};

const decimalOf = (expression: Expression): { places: number; digits: number; value: Rational } => {
  if (is.negative(expression)) {
    const inner = decimalOf(expression.operand);
    return { ...inner, value: negate(inner.value) };
  }
  if (!is.number(expression)) return { places: 0, digits: 0, value: rational(0) };
  const places = expression.decimalPlaces ?? 0;
  const scaled = absolute(multiply(expression.value, rational(10n ** BigInt(places))));
  return { places, digits: scaled.numerator.toString().length, value: expression.value };
};

/** Whether an answer contains a fraction of whole numbers that is not in lowest terms. */
export const hasUnreducedFraction = (expression: Expression): boolean | undefined => {
  if (is.quotient(expression) && is.number(expression.top) && is.number(expression.bottom)) {
    const quotient = evaluateExactly(expression);
    return quotient && !equals(rational(quotient.denominator), absolute(expression.bottom.value));
  }
  return childrenOf(expression).some(hasUnreducedFraction);
};
