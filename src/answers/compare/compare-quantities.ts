/**
 * Values with a unit, a percent sign or a degree sign.
 *
 * @module
 */

import { type Expression, number, onlyOf } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { abs } from '../numbers/math.js';
import { divide } from '../numbers/rational.js';
import { changesMeaning, isCountedThing } from '../parse/counted-things.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { isEmptyUnit, isUnitWord, parseUnit } from '../parse/units.js';
import { accept, reject, type Strength, underRule, type Verdict, verdict, weakest } from '../parse/verdict.js';
import { compareScalars, variablesOf } from './compare-scalars.js';
import { canonicalText } from './compare-text.js';
import { compareValues } from './compare-values.js';

/** `7 m^3` and `7000 L` in letters alone: quantities, where both measure the same in different units. */
export const readUnitLetters = (expression: Expression): Expression | undefined => {
  const measured = unitLettersOf(expression);
  return measured && parseUnit(measured.unit) && make.quantity(make.product(measured.factors), measured.unit);
};

/** Values with a unit, a percent sign or a degree sign. */
export const isQuantityLike = (expression: Expression): boolean => {
  if (is.negative(expression)) return isQuantityLike(expression.operand);
  return is.quantity(expression) || is.percent(expression) || is.degrees(expression);
};

export const compareQuantities = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const left = withUnit(pullSignIn(gold), answer);
  const right = withUnit(pullSignIn(answer), gold);
  if (is.percent(left) || is.percent(right)) return comparePercent(left, right, policy);
  if (is.degrees(left) || is.degrees(right)) return compareDegrees(left, right, policy);
  return compareUnits(left, right, policy);
};

/** -(5 cm) is (-5) cm. */
const pullSignIn = (expression: Expression): Expression => {
  if (!is.negative(expression)) return expression;
  const operand = pullSignIn(expression.operand);
  if (!is.quantity(operand) && !is.percent(operand) && !is.degrees(operand)) return expression;
  return { ...operand, operand: make.minus(operand.operand) };
};

/** Beside a speed, the m and s of "5 m/s" are units: letters that are unit names, where the other side measures the same. */
const withUnit = (expression: Expression, other: Expression): Expression => {
  const wanted = is.quantity(other) ? parseUnit(other.unit) : undefined;
  const measured = wanted && unitLettersOf(expression);
  if (!measured || parseUnit(measured.unit)?.dimension !== wanted.dimension) return expression;
  return make.quantity(onlyOf(measured.factors) ?? make.product(measured.factors), measured.unit);
};

/** The numbers of a product or quotient, and its letters as a unit; undefined where it has none of either or a letter is no unit. */
const unitLettersOf = (
  expression: Expression,
): { readonly factors: Expression[]; readonly unit: string } | undefined => {
  if (!is.product(expression) && !is.quotient(expression)) return undefined;
  const parts = splitUnitLetters(expression);
  if (!parts || parts.letters.length === 0 || parts.factors.length === 0) return undefined;
  return { factors: parts.factors, unit: parts.letters.map(({ name, power }) => `${name}^${power}`).join(' ') };
};

type UnitLetters = {
  readonly factors: Expression[];
  readonly letters: { readonly name: string; readonly power: number }[];
};

/** A product or quotient as its numbers and its letters; undefined where a letter is no unit. */
const splitUnitLetters = (expression: Expression, sign = 1): UnitLetters | undefined => {
  const [base, exponent] = is.power(expression) ? [expression.base, expression.exponent] : [expression, number(1)];
  if (is.symbol(base) && is.number(exponent)) {
    const power = Number(exponent.value.numerator);
    return isUnitWord(base.name) && abs(power) < 9
      ? { factors: [], letters: [{ name: base.name, power: power * sign }] }
      : undefined;
  }
  if (is.product(expression) || is.quotient(expression)) {
    const isQuotient = is.quotient(expression);
    const parts = (isQuotient ? [expression.top, expression.bottom] : expression.factors).map((part, index) =>
      splitUnitLetters(part, isQuotient && index === 1 ? -sign : sign),
    );
    return parts.every((part) => part !== undefined)
      ? { factors: parts.flatMap(({ factors }) => factors), letters: parts.flatMap(({ letters }) => letters) }
      : undefined;
  }
  if (variablesOf(expression).size > 0) return undefined;
  return { factors: [sign === 1 ? expression : make.quotient(number(1), expression)], letters: [] };
};

const comparePercent = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (is.percent(gold) && is.percent(answer)) {
    return underRule(compareValues(gold.operand, answer.operand, policy), 'percent');
  }
  const [percent, other, isGold] = is.percent(gold)
    ? [gold, answer, true]
    : [answer as Extract<Expression, { kind: 'percent' }>, gold, false];
  if (is.quantity(other)) return reject('percent');
  const test = (value: Expression): boolean =>
    (isGold ? compareScalars(value, other, policy) : compareScalars(other, value, policy)).equivalent;
  if (policy.percent !== 'fraction' && test(percent.operand)) return accept('percent', 'policy');
  if (policy.percent !== 'number' && test(make.quotient(percent.operand, number(100))))
    return accept('percent', policy.percent === 'either' ? 'policy' : 'proved');
  return reject('percent');
};

const compareDegrees = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const left = inDegrees(gold);
  const right = inDegrees(answer);
  const scale = temperatureScale(gold);
  const otherScale = temperatureScale(answer);
  if (left && right)
    return underRule(
      scale && otherScale && scale !== otherScale
        ? compareScalars(left, toOtherScale(right, otherScale), policy)
        : compareValues(left, right, policy),
      'degrees',
    );
  const marked = left ?? right;
  const other = left ? answer : gold;
  if (marked && is.quantity(other) && parseUnit(other.unit)?.dimension === 'angle^1') {
    return underRule(compareScalars(make.degrees(marked), other.operand, policy), 'degrees');
  }
  if (!marked || is.quantity(other)) return reject('degrees');
  if (policy.missingUnits === 'accept' && compareScalars(marked, other, policy).equivalent)
    return accept('unit', 'policy');
  if (policy.degreesAsRadians === 'reject') return reject('degrees');
  return underRule(compareScalars(make.degrees(marked), other, policy), 'degrees');
};

/** The number before a degree sign, which may carry more words: 20^\circ, 20^\circ \text{C}. */
const inDegrees = (expression: Expression): Expression | undefined => {
  if (is.degrees(expression)) return expression.operand;
  if (is.quantity(expression) && is.degrees(expression.operand)) {
    return changesMeaning(expression.unit) ? undefined : expression.operand.operand;
  }
  return undefined;
};

/** C or F behind a degree sign; nothing for an angle. */
const temperatureScale = (expression: Expression): string => {
  const unit = is.quantity(expression) ? expression.unit.trim() : '';
  return /^C(elsius)?$/i.test(unit) ? 'C' : /^F(ahrenheit)?$/i.test(unit) ? 'F' : '';
};

/** A temperature of this scale in the other one. */
const toOtherScale = (value: Expression, scale: string): Expression => {
  const times = (factor: Expression, top: number, bottom: number): Expression =>
    make.quotient(make.product([factor, number(top)]), number(bottom));
  return scale === 'C' ? make.sum([times(value, 9, 5), number(32)]) : times(make.sum([value, number(-32)]), 5, 9);
};

const compareUnits = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const left = unitOf(gold);
  const right = unitOf(answer);
  const value = (expression: Expression): Expression => (is.quantity(expression) ? expression.operand : expression);
  if (!left || !right) {
    if (policy.missingUnits === 'reject' && left !== right) return reject('unit');
    // Where one side names no unit, it is taken to be the other's. The gold's words may be any that do not change its value, the
    // answer's must be known to: "9 a.m.", "12 dozen" and "12 at most" are no 9 or 12.
    if (changesMeaning(left) || !isCountedThing(right)) return reject('unit');
    const same = compareValues(value(gold), value(answer), policy);
    return same.equivalent ? accept('unit', left === right ? same.strength : 'policy') : same;
  }
  const first = parseUnit(left);
  const second = parseUnit(right);
  if (first && second) {
    if (first.dimension !== second.dimension) return reject('unit');
    const factor = divide(second.factor, first.factor);
    return underRule(compareScalars(value(gold), make.product([value(answer), number(factor)]), policy), 'unit');
  }
  const match = matchWords(left, right);
  if (!match) return reject('unit');
  const same = compareValues(value(gold), value(answer), policy);
  return verdict(same.equivalent, 'unit', weakest(match, same.strength));
};

const unitOf = (expression: Expression): string => {
  if (!is.quantity(expression) || isEmptyUnit(expression.unit)) return '';
  return expression.unit.trim();
};

/**
 * Unknown units agree when one's words contain the other's ("ways", "different ways") and what is left over does not change the
 * meaning ("12 students", "12 students too many").
 */
const matchWords = (left: string, right: string): Strength | undefined => {
  const first = canonicalWords(left);
  const second = canonicalWords(right);
  if (first.join(' ') === second.join(' ')) return 'text';
  const [small, large] = first.length <= second.length ? [first, second] : [second, first];
  if (small.length === 0 || !small.every((word) => large.includes(word))) return undefined;
  const rest = large.filter((word) => !small.includes(word)).join(' ');
  return changesMeaning(rest) ? undefined : 'policy';
};

const canonicalWords = (text: string): string[] => {
  const cleaned = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return !cleaned
    ? [canonicalText(text)]
    : cleaned.split(' ').map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
};
