import { evaluateExactly } from '../numbers/exact-number.js';
import { type Expression, number } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { floor } from '../numbers/math.js';
import { equals, type Rational, rational } from '../numbers/rational.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { differentKinds, reject, type Strength, type Verdict, verdict, verdictOf, weakest } from '../parse/verdict.js';
import { compareScalars } from './compare-scalars.js';

/** Numbers whose marks are part of the value: times of day, dates, numerals in a base, ratios. */
export const isMarkedNumber = ({ kind }: Expression): boolean => /^(time|date|based|ratio)$/.test(kind);

export const compareMarks = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (is.date(gold) || is.date(answer)) return compareDates(gold, answer);
  if (is.time(gold) || is.time(answer)) return compareTimes(gold, answer, policy);
  if (is.based(gold) || is.based(answer)) return compareBased(gold, answer, policy);
  return compareRatios(gold, answer, policy);
};

/** The same day; a year that one side leaves out is missing only where the gold has none. */
const compareDates = (gold: Expression, answer: Expression): Verdict => {
  if (!is.date(gold) || !is.date(answer)) return differentKinds;
  const sameYear = gold.year === undefined || gold.year === answer.year;
  return verdict(gold.month === answer.month && gold.day === answer.day && sameYear, 'date');
};

const compareTimes = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (is.time(gold) && is.time(answer)) {
    const left = minuteOfDay(gold);
    const right = minuteOfDay(answer);
    if (left !== undefined && right !== undefined) return verdict(left === right, 'time');
    return verdict(gold.minutes === answer.minutes && gold.half === answer.half, 'time');
  }
  // "3:10" without a.m. or p.m. reads as a ratio too.
  if (is.time(gold) && !gold.half && !is.time(answer)) return compareRatios(asRatio(gold), answer, policy);
  if (is.time(answer) && !answer.half && !is.time(gold)) return compareRatios(gold, asRatio(answer), policy);
  return differentKinds;
};

/** Known where a half of the day is named or the hour is past noon. */
const minuteOfDay = ({ minutes, half }: Extract<Expression, { kind: 'time' }>): number | undefined => {
  if (!half) return minutes >= 13 * 60 || minutes < 60 ? minutes : undefined;
  return (minutes % 720) + (half === 'pm' ? 720 : 0);
};

const asRatio = ({ minutes }: { minutes: number }): Expression =>
  make.ratio([number(floor(minutes / 60)), number(minutes % 60)]);

const compareBased = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (is.based(gold) && is.based(answer)) {
    if (gold.base === answer.base)
      return verdict(trimZeros(gold.digits.toUpperCase()) === trimZeros(answer.digits.toUpperCase()), 'base');
    const left = integerOf(gold);
    const right = integerOf(answer);
    return verdict(left && right && equals(left, right), 'base');
  }
  if (policy.missingBase === 'reject') return reject('base');
  const [based, other] = is.based(gold) ? [gold, answer] : [answer as Extract<Expression, { kind: 'based' }>, gold];
  const value = evaluateExactly(other);
  const isSame = value && /^\d+$/.test(based.digits) && equals(value, rational(BigInt(based.digits)));
  return verdict(isSame, 'base', 'policy');
};

const integerOf = ({ digits, base }: Extract<Expression, { kind: 'based' }>): Rational | undefined => {
  if (digits.length > 400) return undefined;
  const [whole = '', fraction = ''] = digits.split('.');
  let total = 0n;
  for (const digit of whole + fraction) total = total * BigInt(base) + BigInt(Number.parseInt(digit, 36));
  return rational(total, BigInt(base) ** BigInt(fraction.length));
};

const trimZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);

/** `2:4` equals `1:2`; a ratio of two equals their quotient. */
const compareRatios = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const left = partsOf(gold);
  const right = partsOf(answer);
  const [firstLeft] = left;
  const [firstRight] = right;
  if (!firstLeft || !firstRight || left.length !== right.length) return reject('ratio');
  let strength: Strength = 'proved';
  for (let index = 1; index < left.length; index++) {
    const upper = left[index];
    const lower = right[index];
    if (!upper || !lower) return reject('ratio');
    const cross = compareScalars(make.product([firstLeft, lower]), make.product([upper, firstRight]), policy);
    if (!cross.equivalent) return reject('ratio');
    strength = weakest(strength, cross.strength);
  }
  return verdictOf(strength, 'ratio');
};

const partsOf = (expression: Expression): readonly Expression[] => {
  if (is.ratio(expression)) return expression.parts;
  if (is.quotient(expression)) return [expression.top, expression.bottom];
  return [expression, number(1)];
};
