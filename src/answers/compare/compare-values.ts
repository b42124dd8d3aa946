import { expandPlusMinus } from '../numbers/expand-plus-minus.js';
import { type Expression, isNamed, onlyOf } from '../numbers/expression.js';
import * as make from '../numbers/make.js';
import { workOutMatrices } from '../numbers/matrix-arithmetic.js';
import { isInfinite, isSurelyNumberSet } from '../numbers/number-sets.js';
import { mentionsUnitVector, vectorComponents } from '../numbers/vector-components.js';
import { spendSteps } from '../numbers/work.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { reject, type Strength, type Verdict, verdict, verdictOf } from '../parse/verdict.js';
import {
  compareLists,
  compareMatrices,
  comparePiecewise,
  compareTuples,
  matchFreely,
  matchValues,
} from './compare-collections.js';
import { compareMarks, isMarkedNumber } from './compare-marks.js';
import { compareQuantities, isQuantityLike, readUnitLetters } from './compare-quantities.js';
import { compareRelations, reduceChain } from './compare-relations.js';
import { compareResidues } from './compare-residues.js';
import { compareScalars } from './compare-scalars.js';
import { compareSets } from './compare-sets.js';
import { compareTexts } from './compare-text.js';

/** The ladder: brings both sides to comparable shape, then hands them to the comparison of their kind. Gold first. */
export function compareValues(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  spendSteps(10);
  const left = settle(gold, policy);
  const right = settle(answer, policy);
  const residues = compareResidues(left, right);
  if (residues) return residues;
  if (left.kind === 'relation' || right.kind === 'relation') {
    const relation = compareRelations(left, right, policy);
    if (relation) return relation;
  }
  if (isFamily(left) || isFamily(right)) return compareFamilies(left, right, policy);
  if (isSurelyNumberSet(left) || isSurelyNumberSet(right)) return compareSets(left, right, policy);
  if (isEmptySet(left) || isEmptySet(right)) return verdict(isEmptySet(left) && isEmptySet(right), 'set');
  if (isCollection(left) || isCollection(right)) return compareLists(left, right, policy);
  if (isVectorLike(left) || isVectorLike(right)) return compareVectors(left, right, policy);
  return compareSingle(left, right, policy);
}

/** Takes off what every comparison ignores: chains of equalities down to their last member, ± spelled out, single-item sets. */
function settle(expression: Expression, policy: AnswerPolicy): Expression {
  const reduced = workOutMatrices(expandPlusMinus(reduceChain(expression, policy)));
  return (reduced.kind === 'list' ? onlyOf(reduced.items) : undefined) ?? reduced;
}

const isCollection = (expression: Expression): boolean => expression.kind === 'list' || expression.kind === 'set';

/** { 2k : k ∈ Z }: an expression and the conditions on its letters. */
const isFamily = (expression: Expression): boolean => isNamed(expression, 'call', 'family');

function compareFamilies(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (gold.kind !== 'call' || answer.kind !== 'call' || gold.name !== answer.name) return reject('different-kinds');
  const [member, ...conditions] = gold.operands;
  const [other, ...otherConditions] = answer.operands;
  if (!member || !other || conditions.length !== otherConditions.length) return reject('set');
  const match = (left: Expression, right: Expression): Strength | undefined => matchValues(left, right, policy);
  return verdictOf(match(member, other) && matchFreely(conditions, otherConditions, match), 'set');
}

const isVectorLike = (expression: Expression): boolean =>
  expression.kind === 'matrix' || expression.kind === 'tuple' || mentionsUnitVector(expression);

/** Matrices, points, and vectors in unit vectors: 3i + 4j beside (3, 4). */
function compareVectors(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const size = sizeOf(gold) ?? sizeOf(answer) ?? 3;
  const [left, right] = [spellVector(gold, size), spellVector(answer, size)];
  if (left.kind === 'matrix' || right.kind === 'matrix') return compareMatrices(left, right, policy);
  return compareTuples(left, right, policy);
}

function sizeOf(expression: Expression): number | undefined {
  if (expression.kind === 'matrix') return Math.max(expression.rows.length, expression.rows[0]?.length ?? 0);
  return expression.kind === 'tuple' ? expression.items.length : undefined;
}

function spellVector(expression: Expression, size: number): Expression {
  if (expression.kind === 'matrix' || expression.kind === 'tuple' || size < 2 || size > 3) return expression;
  const items = vectorComponents(expression, size);
  return items ? make.tuple(items, '(', ')') : expression;
}

function compareSingle(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (isInfinite(gold) || isInfinite(answer))
    return verdict(isInfinite(gold) && isInfinite(answer) && gold.kind === answer.kind, 'exact-form');
  if (isNumberSetName(gold) || isNumberSetName(answer))
    return verdict(gold.kind === 'constant' && answer.kind === 'constant' && gold.name === answer.name, 'set');
  if ([gold, answer].some((side) => isMarked(side) || side.kind === 'text'))
    return compareTexts(wordsOf(gold) ?? '', wordsOf(answer) ?? '');
  if (gold.kind === 'piecewise' && answer.kind === 'piecewise') {
    const cases = comparePiecewise(gold, answer, policy);
    if (cases.equivalent) return cases;
  }
  if (gold.kind === 'negative' && answer.kind === 'negative' && gold.operand.kind === 'based')
    return compareSingle(gold.operand, answer.operand, policy);
  if (isMarkedNumber(gold) || isMarkedNumber(answer)) return compareMarks(gold, answer, policy);
  if (isQuantityLike(gold) || isQuantityLike(answer)) return compareQuantities(gold, answer, policy);
  const scalars = compareScalars(gold, answer, policy);
  if (scalars.equivalent || scalars.rule !== 'exact-form') return scalars;
  const [left, right] = [readUnitLetters(gold), readUnitLetters(answer)];
  const measured = left && right ? compareQuantities(left, right, policy) : undefined;
  return measured?.equivalent ? measured : scalars;
}

const isEmptySet = (expression: Expression): boolean =>
  (expression.kind === 'set' && expression.items.length === 0) || isNamed(expression, 'constant', 'emptyset');

const isNumberSetName = (expression: Expression): boolean =>
  expression.kind === 'constant' &&
  /^(?:reals|integers|naturals|rationals|complexes|positive-integers|nonnegative-integers)$/.test(expression.name);

/** A segment, an angle, a triangle: a name with a mark that the other side may leave out. */
const isMarked = (expression: Expression): boolean =>
  expression.kind === 'symbol' && /^(?:bar|vec|figure) [A-Z]{2,}$/.test(expression.name);

/** A name against a word: `A` and `\text{A}`, `\overline{CD}` and `CD`. */
function wordsOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'text':
      return expression.text;
    case 'symbol':
      return expression.name.replace(/^(?:bar|vec|figure) /, '');
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
