import { evaluateExactly } from '../numbers/exact-number.js';
import { expandPlusMinus } from '../numbers/expand-plus-minus.js';
import type { Expression } from '../numbers/expression.js';
import { isInfinite, isSurelyNumberSet } from '../numbers/number-sets.js';
import { equals, rational } from '../numbers/rational.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { reject, type Verdict, verdict } from '../parse/verdict.js';
import { compareLists, compareMatrices, compareTuples } from './compare-collections.js';
import { compareQuantities, isQuantityLike } from './compare-quantities.js';
import { compareRelations, reduceChain } from './compare-relations.js';
import { compareScalars } from './compare-scalars.js';
import { compareSets } from './compare-sets.js';
import { compareTexts } from './compare-text.js';

/** The ladder: brings both sides to comparable shape, then hands them to the comparison of their kind. Gold first. */
export function compareValues(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const left = settle(gold);
  const right = settle(answer);
  if (left.kind === 'relation' || right.kind === 'relation') {
    const relation = compareRelations(left, right, policy);
    if (relation) return relation;
  }
  if (isSurelyNumberSet(left) || isSurelyNumberSet(right)) return compareSets(left, right, policy);
  if (isEmptySet(left) || isEmptySet(right)) return verdict(isEmptySet(left) && isEmptySet(right), 'set');
  if (isCollection(left) || isCollection(right)) return compareLists(left, right, policy);
  if (left.kind === 'matrix' || right.kind === 'matrix') return compareMatrices(left, right, policy);
  if (left.kind === 'tuple' || right.kind === 'tuple') return compareTuples(left, right, policy);
  return compareSingle(left, right, policy);
}

/** Takes off what every comparison ignores: chains of equalities down to their last member, ± spelled out, single-item sets. */
function settle(expression: Expression): Expression {
  const reduced = expandPlusMinus(reduceChain(expression));
  if (reduced.kind === 'list' && reduced.items.length === 1 && reduced.items[0]) return reduced.items[0];
  return reduced;
}

function isCollection(expression: Expression): boolean {
  return expression.kind === 'list' || expression.kind === 'set';
}

function compareSingle(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (isInfinite(gold) || isInfinite(answer))
    return verdict(isInfinite(gold) && isInfinite(answer) && gold.kind === answer.kind, 'exact-form');
  if (isNumberSetName(gold) || isNumberSetName(answer))
    return verdict(gold.kind === 'constant' && answer.kind === 'constant' && gold.name === answer.name, 'set');
  if (isMarked(gold) || isMarked(answer)) return compareTexts(wordsOf(gold) ?? '', wordsOf(answer) ?? '');
  if (gold.kind === 'text' || answer.kind === 'text') return compareTexts(wordsOf(gold) ?? '', wordsOf(answer) ?? '');
  if (gold.kind === 'time' || answer.kind === 'time') return compareTimes(gold, answer, policy);
  if (gold.kind === 'negative' && answer.kind === 'negative' && isBased(gold.operand))
    return compareSingle(gold.operand, answer.operand, policy);
  if (gold.kind === 'based' || answer.kind === 'based') return compareBased(gold, answer, policy);
  if (gold.kind === 'ratio' || answer.kind === 'ratio') return compareRatios(gold, answer, policy);
  if (isQuantityLike(gold) || isQuantityLike(answer)) return compareQuantities(gold, answer, policy);
  return compareScalars(gold, answer, policy);
}

function isEmptySet(expression: Expression): boolean {
  return (
    (expression.kind === 'set' && expression.items.length === 0) ||
    (expression.kind === 'constant' && expression.name === 'emptyset')
  );
}

function isNumberSetName(expression: Expression): boolean {
  return expression.kind === 'constant' && /^(?:reals|integers|naturals|rationals|complexes)$/.test(expression.name);
}

/** A segment, an angle, a triangle: a name with a mark that the other side may leave out. */
function isMarked(expression: Expression): boolean {
  return expression.kind === 'symbol' && /^(?:bar|figure) [A-Z]{2,}$/.test(expression.name);
}

/** A name against a word: `A` and `\text{A}`, `\overline{CD}` and `CD`. */
function wordsOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'text':
      return expression.text;
    case 'symbol':
      return expression.name.replace(/^(?:bar|figure) /, '');
    case 'product': {
      const letters = expression.factors.map(wordsOf);
      return letters.every((word) => word !== undefined && word.length === 1) ? letters.join('') : undefined;
    }
    case 'constant':
      return expression.name === 'e' || expression.name === 'i' ? expression.name : undefined;
    default:
      return undefined;
  }
}

function compareTimes(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (gold.kind === 'time' && answer.kind === 'time')
    return verdict(gold.minutes === answer.minutes && gold.half === answer.half, 'time');
  // "3:10" without a.m. or p.m. reads as a ratio too.
  if (gold.kind === 'time' && gold.half === undefined && answer.kind !== 'time')
    return compareRatios(asRatio(gold), answer, policy);
  if (answer.kind === 'time' && answer.half === undefined && gold.kind !== 'time')
    return compareRatios(gold, asRatio(answer), policy);
  return reject('different-kinds');
}

function asRatio({ minutes }: { minutes: number }): Expression {
  const part = (value: number): Expression => ({ kind: 'number', value: rational(value) });
  return { kind: 'ratio', parts: [part(Math.floor(minutes / 60)), part(minutes % 60)] };
}

function compareBased(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (gold.kind === 'based' && answer.kind === 'based') {
    if (gold.base === answer.base) return verdict(trimZeros(gold.digits) === trimZeros(answer.digits), 'base');
    return reject('base');
  }
  if (policy.missingBase === 'reject') return reject('base');
  const [based, other] =
    gold.kind === 'based' ? [gold, answer] : [answer as Extract<Expression, { kind: 'based' }>, gold];
  const value = evaluateExactly(other);
  return verdict(
    value !== undefined && /^\d+$/.test(based.digits) && equals(value, rational(BigInt(based.digits))),
    'base',
  );
}

const isBased = (expression: Expression): boolean => expression.kind === 'based';

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** `2:4` equals `1:2`; a ratio of two equals their quotient. */
function compareRatios(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const [left, right] = [partsOf(gold), partsOf(answer)];
  const [firstLeft] = left;
  const [firstRight] = right;
  if (!firstLeft || !firstRight || left.length !== right.length) return reject('ratio');
  for (let index = 1; index < left.length; index++) {
    const [upper, lower] = [left[index], right[index]];
    if (!upper || !lower) return reject('ratio');
    const cross = compareScalars(
      { kind: 'product', factors: [firstLeft, lower] },
      { kind: 'product', factors: [upper, firstRight] },
      policy,
    );
    if (!cross.equivalent) return reject('ratio');
  }
  return verdict(true, 'ratio');
}

function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'ratio') return expression.parts;
  if (expression.kind === 'quotient') return [expression.top, expression.bottom];
  return [expression, { kind: 'number', value: rational(1) }];
}
