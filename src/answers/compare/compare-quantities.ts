import type { Expression } from '../numbers/expression.js';
import { number } from '../numbers/expression.js';
import { divide } from '../numbers/rational.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { isEmptyUnit, isUnitWord, parseUnit } from '../parse/units.js';
import { accept, reject, type Verdict, verdict } from '../parse/verdict.js';
import { compareScalars } from './compare-scalars.js';
import { canonicalText } from './compare-text.js';
import { compareValues } from './compare-values.js';

/** Values with a unit, a percent sign or a degree sign. */
export function isQuantityLike(expression: Expression): boolean {
  if (expression.kind === 'negative') return isQuantityLike(expression.operand);
  return expression.kind === 'quantity' || expression.kind === 'percent' || expression.kind === 'degrees';
}

export function compareQuantities(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const [left, right] = [withUnit(pullSignIn(gold), answer), withUnit(pullSignIn(answer), gold)];
  if (left.kind === 'percent' || right.kind === 'percent') return comparePercent(left, right, policy);
  if (left.kind === 'degrees' || right.kind === 'degrees') return compareDegrees(left, right, policy);
  return compareUnits(left, right, policy);
}

/** -(5 cm) is (-5) cm. */
function pullSignIn(expression: Expression): Expression {
  if (expression.kind !== 'negative') return expression;
  const operand = pullSignIn(expression.operand);
  if (operand.kind !== 'quantity' && operand.kind !== 'percent' && operand.kind !== 'degrees') return expression;
  return { ...operand, operand: { kind: 'negative', operand: operand.operand } };
}

/** Beside a length, the m of "144 m^3" is a metre: a last factor that is a letter of a unit, where the other side has one. */
function withUnit(expression: Expression, other: Expression): Expression {
  if (expression.kind !== 'product' || other.kind !== 'quantity' || !parseUnit(other.unit)) return expression;
  const last = expression.factors[expression.factors.length - 1];
  const unit = last && unitOfFactor(last);
  const rest = expression.factors.slice(0, -1);
  const [only] = rest;
  if (unit === undefined || !only || parseUnit(unit)?.dimension !== parseUnit(other.unit)?.dimension) return expression;
  return { kind: 'quantity', operand: rest.length === 1 ? only : { kind: 'product', factors: rest }, unit };
}

function unitOfFactor(factor: Expression): string | undefined {
  if (factor.kind === 'symbol') return isUnitWord(factor.name) ? factor.name : undefined;
  if (factor.kind !== 'power' || factor.base.kind !== 'symbol' || factor.exponent.kind !== 'number') return undefined;
  return isUnitWord(factor.base.name) ? `${factor.base.name}^${factor.exponent.value.numerator}` : undefined;
}

function comparePercent(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (gold.kind === 'percent' && answer.kind === 'percent') {
    return verdict(compareValues(gold.operand, answer.operand, policy).equivalent, 'percent');
  }
  const [percent, other, isGold] =
    gold.kind === 'percent' ? [gold, answer, true] : [answer as Extract<Expression, { kind: 'percent' }>, gold, false];
  if (other.kind === 'quantity') return reject('percent');
  const bare = other;
  const test = (value: Expression): boolean =>
    (isGold ? compareScalars(value, bare, policy) : compareScalars(bare, value, policy)).equivalent;
  if (policy.percent !== 'fraction' && test(percent.operand)) return accept('percent');
  if (policy.percent !== 'number' && test({ kind: 'quotient', top: percent.operand, bottom: number(100) }))
    return accept('percent');
  return reject('percent');
}

function compareDegrees(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const [left, right] = [inDegrees(gold), inDegrees(answer)];
  if (left && right) return verdict(compareValues(left, right, policy).equivalent, 'degrees');
  const marked = left ?? right;
  const other = left ? answer : gold;
  if (!marked || other.kind === 'quantity') return reject('degrees');
  if (policy.missingUnits === 'accept' && compareScalars(marked, other, policy).equivalent) return accept('unit');
  if (policy.degreesAsRadians === 'reject') return reject('degrees');
  return verdict(compareScalars({ kind: 'degrees', operand: marked }, other, policy).equivalent, 'degrees');
}

/** The number before a degree sign, which may carry more words: 20^\circ, 20^\circ \text{C}. */
function inDegrees(expression: Expression): Expression | undefined {
  if (expression.kind === 'degrees') return expression.operand;
  if (expression.kind === 'quantity' && expression.operand.kind === 'degrees') return expression.operand.operand;
  return undefined;
}

function compareUnits(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const left = unitOf(gold);
  const right = unitOf(answer);
  const value = (expression: Expression): Expression =>
    expression.kind === 'quantity' ? expression.operand : expression;
  if (left === '' || right === '') {
    const same = compareValues(value(gold), value(answer), policy);
    // Where one side names no unit, it is taken to be the other's; "9 a.m." and "3 or 5" are no units.
    if (policy.missingUnits === 'reject' && left !== right) return reject('unit');
    return same.equivalent && !isPartOfAnswer(left + right) ? accept('unit') : same.equivalent ? reject('unit') : same;
  }
  const [first, second] = [parseUnit(left), parseUnit(right)];
  if (first && second) {
    if (first.dimension !== second.dimension) return reject('unit');
    const factor = divide(second.factor, first.factor);
    return verdict(
      compareScalars(value(gold), { kind: 'product', factors: [value(answer), number(factor)] }, policy).equivalent,
      'unit',
    );
  }
  const areSame = sameWords(left, right);
  return verdict(areSame && compareValues(value(gold), value(answer), policy).equivalent, 'unit');
}

function unitOf(expression: Expression): string {
  if (expression.kind !== 'quantity' || isEmptyUnit(expression.unit)) return '';
  return expression.unit.trim();
}

function isPartOfAnswer(unit: string): boolean {
  return /^[ap]\.?\s?m\.?$|\b(?:or|and|to|less|more|than|times|plus|minus|not|except)\b|\d|=/i.test(
    unit.replace(/\^\{?\d\}?|\b(?:to|in) \w+$/g, ''),
  );
}

/** Unknown units agree when one's words contain the other's: "ways", "different ways". */
function sameWords(left: string, right: string): boolean {
  const words = (text: string): Set<string> => new Set(canonicalWords(text));
  const [first, second] = [words(left), words(right)];
  const [small, large] = first.size <= second.size ? [first, second] : [second, first];
  return small.size > 0 && [...small].every((word) => large.has(word));
}

function canonicalWords(text: string): string[] {
  const cleaned = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return cleaned === ''
    ? [canonicalText(text)]
    : cleaned.split(' ').map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
}
