import { type Complex, isReal, modulus } from '../numbers/complex.js';
import { evaluateNumerically } from '../numbers/evaluate-numerically.js';
import { agreePrecisely, evaluatePrecisely } from '../numbers/evaluate-precisely.js';
import { areFormsEqual, toExactForm } from '../numbers/exact-form.js';
import { evaluateExactly } from '../numbers/exact-number.js';
import { childrenOf, type Expression } from '../numbers/expression.js';
import {
  absolute,
  compare,
  equals,
  multiply,
  type Rational,
  rational,
  subtract,
  toNumber,
} from '../numbers/rational.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { accept, reject, type Verdict, verdict } from '../parse/verdict.js';
import { compareBySampling } from './compare-by-sampling.js';

/**
 * Compares two numbers or formulas: exactly as rationals, exactly as quotients of polynomials over radicals, π, e, i and
 * variables, and only then by sampling. Sampling accepts when the values agree at every seeded point where both exist.
 */
export function compareScalars(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const left = evaluateExactly(gold);
  const right = left && evaluateExactly(answer);
  if (left && right) {
    if (equals(left, right)) return accept('exact-number');
    return (
      compareRounded(gold, answer, left, right, policy) ??
      compareWithTolerance(toNumber(left), toNumber(right), policy) ??
      reject('exact-number')
    );
  }
  const names = variablesOf(gold, variablesOf(answer));
  const goldForm = toExactForm(gold);
  const answerForm = goldForm && toExactForm(answer);
  const decided = answerForm && areFormsEqual(goldForm, answerForm);
  if (decided === true) return accept('exact-form');
  if (names.size === 0) return compareConstants(gold, answer, decided === false, policy);
  return decided === false ? reject('exact-form') : compareBySampling(gold, answer, names);
}

/** The names of all variables in an expression, bound ones apart. */
export function variablesOf(expression: Expression, names: Set<string> = new Set()): Set<string> {
  if (expression.kind === 'symbol') names.add(expression.name);
  if (expression.kind === 'text') names.add(`text ${expression.text}`);
  const bound = expression.kind === 'series' ? expression.variable : undefined;
  const hadBound = bound !== undefined && names.has(bound);
  for (const child of childrenOf(expression)) variablesOf(child, names);
  if (bound !== undefined && !hadBound) names.delete(bound);
  return names;
}

const none: ReadonlyMap<string, Complex> = new Map();
const AGREEMENT = 1e-11;

function compareConstants(gold: Expression, answer: Expression, isDecided: boolean, policy: AnswerPolicy): Verdict {
  const left = evaluateNumerically(gold, none);
  const right = left && evaluateNumerically(answer, none);
  if (!left || !right) return isDecided ? reject('exact-form') : (compareTruly(gold, answer) ?? reject('undecided'));
  const size = Math.max(modulus(left), modulus(right));
  const difference = Math.hypot(left.re - right.re, left.im - right.im);
  if (isReal(left) && isReal(right)) {
    const rounded =
      compareRoundedNumbers(gold, answer, left.re, right.re, policy) ?? compareWithTolerance(left.re, right.re, policy);
    if (rounded) return rounded;
  }
  if (isDecided) return reject('exact-form');
  const noise = left.noise + right.noise;
  if (difference > AGREEMENT * size + 8 * noise) return reject('sampled');
  // Cancellation can leave nothing but noise; then agreement of doubles proves nothing.
  return compareTruly(gold, answer) ?? (noise > 1e-8 * size ? reject('undecided') : accept('sampled'));
}

/** To 70 digits and without overflow: e^{-2000} is not e^{-2001}, e^{π√163} is no whole number. */
function compareTruly(gold: Expression, answer: Expression): Verdict | undefined {
  const left = evaluatePrecisely(gold);
  const right = left && evaluatePrecisely(answer);
  return left && right && verdict(agreePrecisely(left, right), 'high-precision');
}

/** 0.000001 rounds too much: besides its places, a rounding must show this many significant digits. */
const LEAST_DIGITS = 4;

/** 0.333333 for 1/3: a written decimal that is the other, exact number rounded to its own places. */
function compareRounded(
  gold: Expression,
  answer: Expression,
  left: Rational,
  right: Rational,
  policy: AnswerPolicy,
): Verdict | undefined {
  const [decimal, exact] =
    isDecimal(answer) && !isDecimal(gold) ? [answer, left] : isDecimal(gold) && !isDecimal(answer) ? [gold, right] : [];
  if (!decimal || !exact || policy.roundedDecimalPlaces <= 0) return undefined;
  const { places, digits, value } = decimalOf(decimal);
  if (places < policy.roundedDecimalPlaces || digits < LEAST_DIGITS) return undefined;
  const half = rational(1n, 2n * 10n ** BigInt(places));
  return compare(absolute(subtract(value, exact)), half) <= 0 ? accept('rounded-decimal') : undefined;
}

/** The same for irrational numbers. */
function compareRoundedNumbers(
  gold: Expression,
  answer: Expression,
  left: number,
  right: number,
  policy: AnswerPolicy,
): Verdict | undefined {
  const [decimal, exact] =
    isDecimal(answer) && !isDecimal(gold) ? [answer, left] : isDecimal(gold) && !isDecimal(answer) ? [gold, right] : [];
  if (!decimal || exact === undefined || policy.roundedDecimalPlaces <= 0) return undefined;
  const { places, digits, value } = decimalOf(decimal);
  if (places < policy.roundedDecimalPlaces || digits < LEAST_DIGITS || places > 14) return undefined;
  return Math.abs(toNumber(value) - exact) <= 0.5 * 10 ** -places * (1 + 1e-6) ? accept('rounded-decimal') : undefined;
}

function compareWithTolerance(gold: number, answer: number, policy: AnswerPolicy): Verdict | undefined {
  if (policy.relativeTolerance <= 0) return undefined;
  return Math.abs(gold - answer) <= policy.relativeTolerance * Math.abs(gold) ? accept('tolerance') : undefined;
}

function isDecimal(expression: Expression): boolean {
  if (expression.kind === 'negative') return isDecimal(expression.operand);
  return expression.kind === 'number' && (expression.decimalPlaces ?? 0) > 0;
}

function decimalOf(expression: Expression): { places: number; digits: number; value: Rational } {
  if (expression.kind === 'negative') {
    const inner = decimalOf(expression.operand);
    return { ...inner, value: multiply(inner.value, rational(-1)) };
  }
  if (expression.kind !== 'number') return { places: 0, digits: 0, value: rational(0) };
  const places = expression.decimalPlaces ?? 0;
  const scaled = absolute(multiply(expression.value, rational(10n ** BigInt(places))));
  return { places, digits: scaled.numerator.toString().length, value: expression.value };
}

/** Whether an answer contains a fraction of whole numbers that is not in lowest terms. */
export function hasUnreducedFraction(expression: Expression): boolean {
  if (expression.kind === 'quotient' && expression.top.kind === 'number' && expression.bottom.kind === 'number') {
    const quotient = evaluateExactly(expression);
    return (
      quotient !== undefined &&
      verdict(equals(absolute(rational(quotient.denominator)), absolute(expression.bottom.value)), 'unreduced')
        .equivalent === false
    );
  }
  return childrenOf(expression).some(hasUnreducedFraction);
}
