import { signOfInfinity } from '../numbers/evaluate-limit.js';
import type { Expression } from '../numbers/expression.js';
import { evaluateAll } from '../numbers/fold-parts.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { boundName, isSurelyNumberSet, type NumberSet, toNumberSet } from '../numbers/number-sets.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { differentKinds, reject, type Strength, type Verdict, verdictOf, weakest } from '../parse/verdict.js';
import { compareLists, matchInOrder, matchValues } from './compare-collections.js';

/** Intervals, unions and inequalities by the numbers they hold; unions of finite sets also by their members. */
export const compareSets = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const goldItems = finiteItems(gold);
  const answerItems = finiteItems(answer);
  if (goldItems && answerItems) return compareLists(make.set(goldItems), make.set(answerItems), policy);
  // A gold `(1, 2)` may well be a point, so an inequality does not answer it; the other way round it does.
  if (is.tuple(gold) && !isSurelyNumberSet(gold) && is.relation(answer) && gold.open === '(') return reject('interval');
  const left = toNumberSet(gold);
  const right = left && toNumberSet(answer);
  if (!left || !right) return compareOperands(gold, answer, policy);
  return verdictOf(
    matchSets(left, right, policy),
    is.relation(gold) && is.relation(answer) ? 'inequality' : 'interval',
  );
};

const matchSets = (left: NumberSet, right: NumberSet, policy: AnswerPolicy): Strength | undefined => {
  const names = [left.variable, right.variable];
  if (left.variable !== right.variable && !names.includes(undefined) && !names.includes(boundName)) return undefined;
  if (left.pieces.length !== right.pieces.length) return undefined;
  let strength: Strength = 'proved';
  for (const [index, { low, high }] of left.pieces.entries()) {
    const other = right.pieces[index];
    if (!other || low.isClosed !== other.low.isClosed || high.isClosed !== other.high.isClosed) return undefined;
    const atLow = matchEnds(low.at, other.low.at, policy);
    const atHigh = matchEnds(high.at, other.high.at, policy);
    if (!atLow || !atHigh) return undefined;
    strength = weakest(strength, atLow, atHigh);
  }
  return strength;
};

const matchEnds = (left: Expression, right: Expression, policy: AnswerPolicy): Strength | undefined => {
  const first = signOfInfinity(left);
  const second = signOfInfinity(right);
  if (first !== 0 || second !== 0) return first === second ? 'proved' : undefined;
  return matchValues(left, right, policy);
};

/** The members of a finite set or of a union of such; undefined for intervals. */
const finiteItems = (expression: Expression): readonly Expression[] | undefined => {
  if (is.set(expression) || is.list(expression)) return expression.items;
  if (!is.setOperation(expression) || expression.operator !== 'union') return undefined;
  return evaluateAll(expression.operands, finiteItems)?.flat();
};

/** Sets that are no stretches of the real line (A ∪ B): the same operation on the same operands. */
const compareOperands = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (!is.setOperation(gold) || !is.setOperation(answer) || gold.operator !== answer.operator) return differentKinds;
  if (gold.operator !== 'difference') return compareLists(make.set(gold.operands), make.set(answer.operands), policy);
  return verdictOf(
    gold.operands.length === answer.operands.length ? matchInOrder(gold.operands, answer.operands, policy) : undefined,
    'set',
  );
};
