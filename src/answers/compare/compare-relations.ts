import { evaluateNumerically } from '../numbers/evaluate-numerically.js';
import { toExactForm } from '../numbers/exact-form.js';
import { evaluateExactly } from '../numbers/exact-number.js';
import type { Expression, RelationOperator } from '../numbers/expression.js';
import { toNumberSet } from '../numbers/number-sets.js';
import { areProportional } from '../numbers/proportional-forms.js';
import { samplePoints } from '../numbers/sample-points.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { accept, reject, type Verdict, verdict } from '../parse/verdict.js';
import { variablesOf } from './compare-scalars.js';
import { compareSets } from './compare-sets.js';
import { compareValues } from './compare-values.js';

type Relation = Extract<Expression, { kind: 'relation' }>;

/**
 * Equations and inequalities, against each other or against a bare value. Undefined when both sides turn out to be
 * values after all (`x = 5` and `5`), which the caller then compares.
 */
export function compareRelations(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict | undefined {
  if (gold.kind === 'relation' && answer.kind === 'relation') return compareBoth(gold, answer, policy);
  const [relation, other] = gold.kind === 'relation' ? [gold, answer] : [answer as Relation, gold];
  const bare = bareValue(relation);
  if (bare) return gold.kind === 'relation' ? compareValues(bare, other, policy) : compareValues(other, bare, policy);
  if (isEquation(relation)) return reject('different-kinds');
  return compareSets(gold, answer, policy);
}

/** Cuts "x = 2 + 3 = 5 ≈ 5.0" to "x = 5": the first member and the last exact one. */
export function reduceChain(expression: Expression): Expression {
  if (expression.kind !== 'relation') return expression;
  const approximate = expression.operators.indexOf('≈');
  if (approximate > 0) {
    return reduceChain({
      kind: 'relation',
      operators: expression.operators.slice(0, approximate),
      operands: expression.operands.slice(0, approximate + 1),
    });
  }
  const [first] = expression.operands;
  const last = expression.operands[expression.operands.length - 1];
  if (!first || !last) return expression;
  if (approximate === 0) return isName(first) ? { ...expression, operators: ['='], operands: [first, last] } : first;
  if (expression.operators.length < 2 || !expression.operators.every((operator) => operator === '=')) return expression;
  return isName(first) ? { kind: 'relation', operators: ['='], operands: [first, last] } : last;
}

function isEquation(relation: Relation): boolean {
  return relation.operators.length === 1 && relation.operators[0] === '=';
}

/** What `x = 5`, `f(x) = x + 1`, `x ∈ [0, 1]`, `3·4 = 12` assert of their subject; undefined for true equations. */
export function bareValue(expression: Expression): Expression | undefined {
  if (expression.kind !== 'relation' || expression.operators.length !== 1) return undefined;
  const [left, right] = expression.operands;
  if (!left || !right) return undefined;
  if (expression.operators[0] === '∈') return isName(left) ? right : undefined;
  if (expression.operators[0] !== '=') return undefined;
  if (isName(left)) return right;
  if (isName(right)) return left;
  const value = evaluateNumerically(left, new Map());
  // An arithmetic statement gives its result, when it is true.
  return value && compareScalarsExactly(left, right) ? right : undefined;
}

function compareScalarsExactly(left: Expression, right: Expression): boolean {
  const [first, second] = [evaluateExactly(left), evaluateExactly(right)];
  if (first && second) return first.numerator === second.numerator && first.denominator === second.denominator;
  const [near, far] = [evaluateNumerically(left, new Map()), evaluateNumerically(right, new Map())];
  return (
    near !== undefined &&
    far !== undefined &&
    Math.hypot(near.re - far.re, near.im - far.im) <= 1e-10 * Math.hypot(near.re, near.im)
  );
}

/** The name on the left of `x = …`. */
export function nameOfSolved(expression: Expression): string | undefined {
  const reduced = reduceChain(expression);
  if (reduced.kind !== 'relation' || reduced.operators.length !== 1 || reduced.operators[0] !== '=') return undefined;
  const [left] = reduced.operands;
  return left && isName(left)
    ? JSON.stringify(left, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
    : undefined;
}

/** A name that an answer may be given for: x, x_1, f(x), AB, |AB|, (p, q), \text{area}. */
function isName(expression: Expression): boolean {
  switch (expression.kind) {
    case 'symbol':
    case 'text':
      return true;
    case 'call':
      return (
        expression.name.startsWith('apply ') ||
        (expression.name === 'abs' && expression.operands.every(isName)) ||
        expression.name === 'lcm' ||
        expression.name === 'gcd'
      );
    case 'product': {
      const [head, argument] = expression.factors;
      const isLetters = expression.factors.every((factor) => factor.kind === 'symbol' && /^[A-Z]/.test(factor.name));
      const isApplied =
        expression.factors.length === 2 &&
        head?.kind === 'symbol' &&
        /^[A-Z]/.test(head.name) &&
        argument !== undefined &&
        (isName(argument) || argument.kind === 'number');
      return isLetters || isApplied;
    }
    case 'tuple':
      return expression.items.every((item) => item.kind === 'symbol');
    case 'quotient':
      return isDifferential(expression.top) && isDifferential(expression.bottom);
    case 'constant':
      return false;
    default:
      return false;
  }
}

/** dy and dx of a derivative's name. */
function isDifferential(expression: Expression): boolean {
  const [head] = expression.kind === 'product' ? expression.factors : [expression];
  return head?.kind === 'symbol' && head.name === 'd';
}

function compareBoth(gold: Relation, answer: Relation, policy: AnswerPolicy): Verdict {
  const [left, right] = gold.operands;
  const [otherLeft, otherRight] = answer.operands;
  if (left && right && otherLeft && otherRight && sameOperators(gold.operators, answer.operators)) {
    const isSame = gold.operands.every((operand, index) => {
      const other = answer.operands[index];
      return other !== undefined && areSame(operand, other, policy);
    });
    if (isSame) return accept(isEquation(gold) ? 'equation' : 'inequality');
  }
  if (gold.operators.length > 1 && !toNumberSet(gold)) return compareTurned(gold, answer, policy);
  if (isEquation(gold) && isEquation(answer)) return compareEquations(gold, answer);
  if (isEquation(gold) !== isEquation(answer)) return reject('different-kinds');
  const [first, second] = [toNumberSet(gold), toNumberSet(answer)];
  if (first && second) return compareSets(gold, answer, policy);
  return compareInequalities(gold, answer);
}

/** a < b < c read from the right: c > b > a. */
function compareTurned(gold: Relation, answer: Relation, policy: AnswerPolicy): Verdict {
  const turned = [...answer.operators].reverse().map((operator) => flipped[operator] ?? operator);
  const operands = [...answer.operands].reverse();
  const isSame =
    turned.length === gold.operators.length &&
    turned.every((operator, index) => operator === gold.operators[index]) &&
    gold.operands.every((operand, index) => areSame(operand, operands[index] ?? operand, policy));
  return verdict(isSame, 'inequality');
}

function areSame(left: Expression, right: Expression, policy: AnswerPolicy): boolean {
  return left.kind !== 'relation' && right.kind !== 'relation' && compareValues(left, right, policy).equivalent;
}

function sameOperators(left: readonly RelationOperator[], right: readonly RelationOperator[]): boolean {
  return left.length === right.length && left.every((operator, index) => operator === right[index]);
}

/** Two equations say the same when left minus right of one is a constant multiple of the other's. */
function compareEquations(gold: Relation, answer: Relation): Verdict {
  const [first, second] = [differenceOf(gold), differenceOf(answer)];
  // Without variables both are statements about numbers, true or false, and were compared side by side.
  if (variablesOf(first, variablesOf(second)).size === 0) return reject('equation');
  const [firstForm, secondForm] = [toExactForm(first), toExactForm(second)];
  const decided = firstForm && secondForm && areProportional(firstForm, secondForm);
  if (decided !== undefined) return verdict(decided !== 0, 'equation');
  return verdict(isConstantRatio(first, second), 'equation');
}

function differenceOf({ operands }: Relation): Expression {
  const [left, right] = operands;
  if (!left || !right) return { kind: 'sum', terms: [] };
  return { kind: 'sum', terms: [left, { kind: 'negative', operand: right }] };
}

/** By sampling: the quotient of both differences is one number, and not 0. */
function isConstantRatio(first: Expression, second: Expression): boolean {
  const names = variablesOf(first, variablesOf(second));
  let ratio: number | undefined;
  let agreed = 0;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of samplePoints(names, [first, second])) {
    const [near, far] = [evaluateNumerically(first, point), evaluateNumerically(second, point)];
    if (!near || !far || near.im !== 0 || far.im !== 0 || Math.abs(far.re) < 1e-9) continue;
    const quotient = near.re / far.re;
    if (Math.abs(quotient) < 1e-9 || (ratio !== undefined && Math.abs(quotient - ratio) > 1e-9 * Math.abs(ratio)))
      return false;
    ratio = quotient;
    agreed++;
    [least, most] = [Math.min(least, far.re), Math.max(most, far.re)];
  }
  // Where a huge constant drowns the variables, a constant quotient says nothing about them.
  return agreed >= 4 && most - least > 1e-4 * Math.max(Math.abs(most), Math.abs(least));
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '>': '<', '≤': '≥', '≥': '≤', '≠': '≠' };

/** 2x + y > 4 and -2x - y < -4: proportional differences, the sign turned when the factor is negative. */
function compareInequalities(gold: Relation, answer: Relation): Verdict {
  if (gold.operators.length !== 1 || answer.operators.length !== 1) return reject('inequality');
  const [operator] = gold.operators;
  const [other] = answer.operators;
  if (!operator || !other || !(operator in flipped)) return reject('inequality');
  const [first, second] = [toExactForm(differenceOf(gold)), toExactForm(differenceOf(answer))];
  const sign = first && second && areProportional(first, second);
  if (sign === undefined) return reject('undecided');
  return verdict((sign > 0 && operator === other) || (sign < 0 && flipped[operator] === other), 'inequality');
}
