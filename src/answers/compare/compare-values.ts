import { expandPlusMinus } from '../numbers/expand-plus-minus.js';
import { type Expression, onlyOf } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { max } from '../numbers/math.js';
import { workOutMatrices } from '../numbers/matrix-arithmetic.js';
import { isInfinite, isSurelyNumberSet } from '../numbers/number-sets.js';
import { mentionsUnitVector, vectorComponents } from '../numbers/vector-components.js';
import { spendSteps } from '../numbers/work.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { differentKinds, reject, type Strength, type Verdict, verdict, verdictOf } from '../parse/verdict.js';
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
export const compareValues = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  spendSteps(10);
  const left = settle(gold, policy);
  const right = settle(answer, policy);
  const residues = compareResidues(left, right);
  if (residues) return residues;
  if (is.relation(left) || is.relation(right)) {
    const relation = compareRelations(left, right, policy);
    if (relation) return relation;
  }
  if (isFamily(left) || isFamily(right)) return compareFamilies(left, right, policy);
  if (isSurelyNumberSet(left) || isSurelyNumberSet(right)) return compareSets(left, right, policy);
  if (isEmptySet(left) || isEmptySet(right)) return verdict(isEmptySet(left) && isEmptySet(right), 'set');
  if (isCollection(left) || isCollection(right)) return compareLists(left, right, policy);
  if (isVectorLike(left) || isVectorLike(right)) return compareVectors(left, right, policy);
  return compareSingle(left, right, policy);
};

/** Takes off what every comparison ignores: chains of equalities down to their last member, ± spelled out, single-item sets. */
const settle = (expression: Expression, policy: AnswerPolicy): Expression => {
  const reduced = workOutMatrices(expandPlusMinus(reduceChain(expression, policy)));
  return (is.list(reduced) ? onlyOf(reduced.items) : undefined) ?? reduced;
};

const isCollection = (expression: Expression): boolean => is.list(expression) || is.set(expression);

/** { 2k : k ∈ Z }: an expression and the conditions on its letters. */
const isFamily = (expression: Expression): boolean => is.call(expression, 'family');

const compareFamilies = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (!is.call(gold) || !is.call(answer) || gold.name !== answer.name) return differentKinds;
  const [member, ...conditions] = gold.operands;
  const [other, ...otherConditions] = answer.operands;
  if (!member || !other || conditions.length !== otherConditions.length) return reject('set');
  const match = (left: Expression, right: Expression): Strength | undefined => matchValues(left, right, policy);
  return verdictOf(match(member, other) && matchFreely(conditions, otherConditions, match), 'set');
};

const isVectorLike = (expression: Expression): boolean =>
  is.matrix(expression) || is.tuple(expression) || mentionsUnitVector(expression);

/** Matrices, points, and vectors in unit vectors: 3i + 4j beside (3, 4). */
const compareVectors = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const size = sizeOf(gold) ?? sizeOf(answer) ?? 3;
  const left = spellVector(gold, size);
  const right = spellVector(answer, size);
  if (is.matrix(left) || is.matrix(right)) return compareMatrices(left, right, policy);
  return compareTuples(left, right, policy);
};

const sizeOf = (expression: Expression): number | undefined => {
  if (is.matrix(expression)) return max(expression.rows.length, expression.rows[0]?.length ?? 0);
  return is.tuple(expression) ? expression.items.length : undefined;
};

const spellVector = (expression: Expression, size: number): Expression => {
  if (is.matrix(expression) || is.tuple(expression) || size < 2 || size > 3) return expression;
  const items = vectorComponents(expression, size);
  return items ? make.tuple(items, '(', ')') : expression;
};

const compareSingle = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (isInfinite(gold) || isInfinite(answer))
    return verdict(isInfinite(gold) && isInfinite(answer) && gold.kind === answer.kind, 'exact-form');
  if (isNumberSetName(gold) || isNumberSetName(answer))
    return verdict(is.constant(gold) && is.constant(answer) && gold.name === answer.name, 'set');
  if ([gold, answer].some((side) => isMarked(side) || is.text(side)))
    return compareTexts(wordsOf(gold) ?? '', wordsOf(answer) ?? '');
  if (is.piecewise(gold) && is.piecewise(answer)) {
    const cases = comparePiecewise(gold, answer, policy);
    if (cases.equivalent) return cases;
  }
  if (is.negative(gold) && is.negative(answer) && is.based(gold.operand))
    return compareSingle(gold.operand, answer.operand, policy);
  if (isMarkedNumber(gold) || isMarkedNumber(answer)) return compareMarks(gold, answer, policy);
  if (isQuantityLike(gold) || isQuantityLike(answer)) return compareQuantities(gold, answer, policy);
  const scalars = compareScalars(gold, answer, policy);
  if (scalars.equivalent || scalars.rule !== 'exact-form') return scalars;
  const left = readUnitLetters(gold);
  const right = readUnitLetters(answer);
  const measured = left && right && compareQuantities(left, right, policy);
  return measured?.equivalent ? measured : scalars;
};

const isEmptySet = (expression: Expression): boolean =>
  (is.set(expression) && expression.items.length === 0) || is.constant(expression, 'emptyset');

const isNumberSetName = (expression: Expression): boolean =>
  is.constant(expression) &&
  /^(reals|integers|naturals|rationals|complexes|positive-integers|nonnegative-integers)$/.test(expression.name);

/** A segment, an angle, a triangle: a name with a mark that the other side may leave out. */
const isMarked = (expression: Expression): boolean =>
  is.symbol(expression) && /^(bar|vec|figure) [A-Z]{2,}$/.test(expression.name);

/** A name against a word: `A` and `\text{A}`, `\overline{CD}` and `CD`. */
const wordsOf = (expression: Expression): string | undefined => {
  switch (expression.kind) {
    case 'text':
      return expression.text;
    case 'symbol':
      return expression.name.replace(/^(bar|vec|figure) /, '');
    case 'product': {
      const letters = expression.factors.map(wordsOf);
      return letters.every((word) => word?.length === 1) ? letters.join('') : undefined;
    }
    case 'constant':
      return expression.name === 'e' || expression.name === 'i' ? expression.name : undefined;
    default:
      return undefined;
  }
};
