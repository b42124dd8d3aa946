import { distance, modulus } from '../numbers/complex.js';
import { evaluateNumerically } from '../numbers/evaluate-numerically.js';
import { areFormsEqual, toExactForm } from '../numbers/exact-form.js';
import { evaluateExactly } from '../numbers/exact-number.js';
import { type Expression, onlyOf, type Relation } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { abs, max, min } from '../numbers/math.js';
import { flipped, toNumberSet } from '../numbers/number-sets.js';
import { areProportional } from '../numbers/proportional-forms.js';
import { equals } from '../numbers/rational.js';
import { renameSymbols } from '../numbers/rename-symbols.js';
import { samplePoints } from '../numbers/sample-points.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { accept, differentKinds, reject, type Strength, undecided, type Verdict, verdict } from '../parse/verdict.js';
import { matchInOrder } from './compare-collections.js';
import { variablesOf } from './compare-scalars.js';
import { compareSets } from './compare-sets.js';
import { compareValues } from './compare-values.js';
import { isName, isQuantityName } from './names.js';

/**
 * Equations and inequalities, against each other or against a bare value. Undefined when both sides turn out to be
 * values after all (`x = 5` and `5`), which the caller then compares.
 */
export const compareRelations = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict | undefined => {
  if (is.relation(gold) && is.relation(answer)) return compareBoth(gold, answer, policy);
  const [relation, other] = is.relation(gold) ? [gold, answer] : [answer as Relation, gold];
  const value = (is.list(other) ? namePoint(relation) : undefined) ?? bareValue(relation);
  if (value) return is.relation(gold) ? compareValues(value, other, policy) : compareValues(other, value, policy);
  if (is.relation(relation, '=')) return differentKinds;
  return compareSets(gold, answer, policy);
};

/**
 * Cuts "x = 2 + 3 = 5 ≈ 5.0" to "x = 5": the first member and the last exact one. A chain that is neither about a name nor about
 * numbers alone ("a + 2z = 2z + a = 101") stays whole, unless the policy says that its last member is the answer.
 */
export const reduceChain = (expression: Expression, policy: AnswerPolicy): Expression => {
  if (!is.relation(expression)) return expression;
  const approximate = expression.operators.indexOf('≈');
  if (approximate > 0) {
    return reduceChain(
      make.relation(expression.operators.slice(0, approximate), expression.operands.slice(0, approximate + 1)),
      policy,
    );
  }
  const [first] = expression.operands;
  const last = expression.operands.at(-1);
  if (!first || !last) return expression;
  if (approximate === 0) return isName(first) ? { ...expression, operators: ['='], operands: [first, last] } : first;
  if (expression.operators.length < 2 || !is.equationChain(expression)) return expression;
  if (isName(first)) return make.relation(['='], [first, last]);
  const isWork = policy.equationChains === 'last' || variablesOf(first).size === 0 || variablesOf(last).size > 0;
  return isWork ? last : expression;
};

/** (x, y) = (1, 2) as x = 1, y = 2. */
const namePoint = (relation: Relation): Expression | undefined => {
  const [names, values] = is.relation(relation, '=') ? relation.operands : [];
  if (!is.tuple(names) || !is.tuple(values) || names.items.length !== values.items.length) return undefined;
  if (!names.items.every((name) => is.symbol(name))) return undefined;
  const items = names.items.map((name, index): Expression => make.relation(['='], [name, values.items[index] ?? name]));
  return make.list(items);
};

/** What `x = 5`, `f(x) = x + 1`, `x ∈ [0, 1]`, `3·4 = 12` assert of their subject; undefined for true equations. */
export const bareValue = (expression: Expression): Expression | undefined => {
  const isMember = is.relation(expression, '∈');
  const [left, right] = isMember || is.relation(expression, '=') ? expression.operands : [];
  if (!left || !right) return undefined;
  if (isMember) return isName(left) ? right : undefined;
  if (isName(left)) return right;
  if (isName(right)) return left;
  // NO/BO = 2/3, V_1 : V_2 = 11 : 21, sin A = 1/2: not a curve, but what somebody asked for.
  if (isQuantityName(left) && variablesOf(right).size === 0) return right;
  // x² - 3x + 2 = (x - 1)(x - 2) gives its right side.
  if (variablesOf(right).size > 0) return isIdentity(left, right) ? right : undefined;
  const value = evaluateNumerically(left);
  // An arithmetic statement gives its result, when it is true.
  return value && compareScalarsExactly(left, right) ? right : undefined;
};

const isIdentity = (left: Expression, right: Expression): boolean | undefined => {
  const first = toExactForm(left);
  const second = toExactForm(right);
  return first && second && areFormsEqual(first, second);
};

const compareScalarsExactly = (left: Expression, right: Expression): boolean | undefined => {
  const first = evaluateExactly(left);
  const second = evaluateExactly(right);
  if (first && second) return equals(first, second);
  const near = evaluateNumerically(left);
  const far = evaluateNumerically(right);
  return near && far && distance(near, far) <= 1e-10 * modulus(near);
};

/** The name on the left of `x = …`. */
export const nameOfSolved = (expression: Expression, policy: AnswerPolicy): string | undefined => {
  const reduced = reduceChain(expression, policy);
  const [left] = is.relation(reduced, '=') ? reduced.operands : [];
  return left && isName(left)
    ? JSON.stringify(left, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
    : undefined;
};

const compareBoth = (gold: Relation, answer: Relation, policy: AnswerPolicy): Verdict => {
  const [left, right] = gold.operands;
  const [otherLeft, otherRight] = answer.operands;
  const isEquation = is.relation(gold, '=');
  const isOther = is.relation(answer, '=');
  if (left && right && otherLeft && otherRight && sameOperators(gold.operators, answer.operators)) {
    const strength = matchOperands(gold.operands, renameArgument(gold, answer).operands, policy);
    if (strength) return accept(isEquation ? 'equation' : 'inequality', strength);
  }
  if (gold.operators.length > 1 && !toNumberSet(gold)) return compareTurned(gold, answer, policy);
  if (isEquation && isOther) return compareEquations(gold, answer);
  if (isEquation !== isOther) return differentKinds;
  return toNumberSet(gold) && toNumberSet(answer)
    ? compareSets(gold, answer, policy)
    : compareInequalities(gold, answer);
};

/** a < b < c read from the right: c > b > a. */
const compareTurned = (gold: Relation, answer: Relation, policy: AnswerPolicy): Verdict => {
  const turned = [...answer.operators].reverse().map((operator) => flipped[operator] ?? operator);
  const operands = [...answer.operands].reverse();
  const strength = sameOperators(turned, gold.operators) ? matchOperands(gold.operands, operands, policy) : undefined;
  return strength ? accept('inequality', strength) : reject('inequality');
};

/** The strength with which the sides agree one by one; undefined where one does not. */
const matchOperands = (
  left: readonly Expression[],
  right: readonly Expression[],
  policy: AnswerPolicy,
): Strength | undefined =>
  [...left, ...right].some(({ kind }) => kind === 'relation') ? undefined : matchInOrder(left, right, policy);

/** f(t) = 2t says what f(x) = 2x says. */
const renameArgument = (gold: Relation, answer: Relation): Relation => {
  const left = gold.operands[0];
  const other = answer.operands[0];
  if (!is.call(left) || !is.call(other) || left.name !== other.name || !left.name.startsWith('apply ')) return answer;
  const names = new Map<string, string>();
  other.operands.forEach((argument, index) => {
    const wanted = left.operands[index];
    if (is.symbol(argument) && is.symbol(wanted)) names.set(argument.name, wanted.name);
  });
  if (names.size !== left.operands.length || names.size !== other.operands.length) return answer;
  return { ...answer, operands: answer.operands.map((operand) => renameSymbols(operand, names)) };
};

const sameOperators = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((operator, index) => operator === right[index]);

/** Two equations say the same when left minus right of one is a constant multiple of the other's. */
const compareEquations = (gold: Relation, answer: Relation): Verdict => {
  const first = differenceOf(gold);
  const second = differenceOf(answer);
  // Without variables both are statements about numbers, true or false, and were compared side by side.
  if (variablesOf(first, variablesOf(second)).size === 0) return reject('equation');
  const firstForm = toExactForm(first);
  const secondForm = toExactForm(second);
  const decided = firstForm && secondForm && areProportional(firstForm, secondForm);
  if (decided !== undefined) return verdict(decided !== 0, 'equation');
  return verdict(isConstantRatio(first, second), 'equation', 'sampled');
};

const differenceOf = ({ operands }: Relation): Expression => {
  const [left, right] = operands;
  if (!left || !right) return make.sum([]);
  return make.sum([left, make.minus(right)]);
};

/** By sampling: the quotient of both differences is one number, and not 0. */
const isConstantRatio = (first: Expression, second: Expression): boolean => {
  const names = variablesOf(first, variablesOf(second));
  let ratio: number | undefined;
  let agreed = 0;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of samplePoints(names, [first, second])) {
    const near = evaluateNumerically(first, point);
    const far = evaluateNumerically(second, point);
    if (!near || !far || near.im !== 0 || far.im !== 0 || abs(far.re) < 1e-9) continue;
    const quotient = near.re / far.re;
    if (abs(quotient) < 1e-9 || (ratio !== undefined && abs(quotient - ratio) > 1e-9 * abs(ratio))) return false;
    ratio = quotient;
    agreed++;
    [least, most] = [min(least, far.re), max(most, far.re)];
  }
  // Where a huge constant drowns the variables, a constant quotient says nothing about them.
  return agreed >= 4 && most - least > 1e-4 * max(abs(most), abs(least));
};

/** 2x + y > 4 and -2x - y < -4: proportional differences, the sign turned when the factor is negative. */
const compareInequalities = (gold: Relation, answer: Relation): Verdict => {
  const operator = onlyOf(gold.operators);
  const other = onlyOf(answer.operators);
  if (!operator || !other || !(operator in flipped)) return reject('inequality');
  const first = toExactForm(differenceOf(gold));
  const second = toExactForm(differenceOf(answer));
  const sign = first && second && areProportional(first, second);
  if (sign === undefined) return undecided;
  return verdict((sign > 0 && operator === other) || (sign < 0 && flipped[operator] === other), 'inequality');
};
