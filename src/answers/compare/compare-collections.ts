import type { Expression, Piece } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import { renameSymbols } from '../numbers/rename-symbols.js';
import type { AnswerPolicy } from '../parse/policies.js';
import {
  differentKinds,
  reject,
  type Strength,
  undecided,
  type Verdict,
  verdictOf,
  weakest,
} from '../parse/verdict.js';
import { bareValue, nameOfSolved } from './compare-relations.js';
import { compareValues } from './compare-values.js';

const MAX_ITEM_COUNT = 80;

/** Lists and sets: the same items, in any order unless the policy keeps it; a set counts an item once. */
export const compareLists = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  // {(1, 2)} against the point itself.
  const [only, ...others] = is.set(gold) ? gold.items : [];
  if (is.tuple(only) && others.length === 0 && is.tuple(answer)) return compareTuples(only, answer, policy);
  if (is.tuple(gold) || is.tuple(answer)) return compareNamed(gold, answer, policy);
  const left = itemsOf(gold, policy);
  const right = itemsOf(answer, policy);
  if (!left || !right) return differentKinds;
  const rule = is.set(gold) ? 'set' : 'list';
  if (left.length > MAX_ITEM_COUNT || right.length > MAX_ITEM_COUNT) return undecided;
  const isSet = is.set(gold) || is.set(answer);
  const first = isSet ? distinct(left, policy) : left;
  // Naming an answer twice is harmless, unless the gold counts it twice (a double root).
  const second =
    isSet || (right.length > left.length && distinct(left, policy).length === left.length)
      ? distinct(right, policy)
      : right;
  if (first.length !== second.length) return reject(rule);
  // "x = 1, y = 2" against "1, 2": without names only the order says which is which.
  const isHalfNamed = hasNames(first, policy) !== hasNames(second, policy);
  const keepsOrder = (!isSet && policy.listOrder === 'kept') || isHalfNamed;
  const inOrder = isHalfNamed
    ? matchInOrder(inNameOrder(first, policy), inNameOrder(second, policy), policy)
    : matchInOrder(first, second, policy);
  if (inOrder || keepsOrder) return verdictOf(inOrder, rule);
  return verdictOf(
    matchFreely(first, second, (item, other) => matchValues(item, other, policy)),
    rule,
  );
};

/** "x = 1, y = 2" against the point (1, 2): the same values in the same order. */
const compareNamed = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const [list, tuple] = is.tuple(gold) ? [answer, gold] : [gold, answer];
  if (!is.list(list) || !is.tuple(tuple) || shapeOf(tuple) !== '()') return differentKinds;
  if (!hasNames(list.items, policy) || list.items.length !== tuple.items.length) return differentKinds;
  const named = inNameOrder(list.items, policy);
  const [left, right] = is.tuple(gold) ? [tuple.items, named] : [named, tuple.items];
  return verdictOf(matchInOrder(left, right, policy), 'tuple');
};

const itemsOf = (expression: Expression, policy: AnswerPolicy): readonly Expression[] | undefined => {
  if (is.list(expression) || is.set(expression)) return spreadNames(renameIndices(expression.items), policy);
  // A lone value is a list of one only against a list of one, such as {5}.
  if (is.tuple(expression) || is.setOperation(expression) || is.relation(expression)) return undefined;
  return [expression];
};

/** In "x = 2πk, k ∈ Z" the letter k is free to be any other. */
const renameIndices = (items: readonly Expression[]): readonly Expression[] => {
  const names = new Map<string, string>();
  for (const item of items) {
    const [left, right] = is.relation(item) && item.operators[0] === '∈' ? item.operands : [];
    if (is.symbol(left) && is.constant(right)) names.set(left.name, `index ${names.size}`);
  }
  return names.size === 0 || names.size === items.length ? items : items.map((item) => renameSymbols(item, names));
};

/** In "k = 1, 2, 3" the name belongs to all three. */
const spreadNames = (items: readonly Expression[], policy: AnswerPolicy): readonly Expression[] => {
  const [first, ...rest] = items;
  if (!first || rest.length === 0 || !nameOfSolved(first, policy) || rest.some((item) => is.relation(item)))
    return items;
  return [bareValue(first) ?? first, ...rest];
};

/** Whether the items are assignments to different names. */
const hasNames = (items: readonly Expression[], policy: AnswerPolicy): boolean => {
  const names = items.map((item) => nameOfSolved(item, policy));
  return names.every((name) => name !== undefined) && new Set(names).size === items.length && items.length > 1;
};

/** "y = 1, x = 2" is the point (2, 1): single letters stand in the order of the alphabet. */
const inNameOrder = (items: readonly Expression[], policy: AnswerPolicy): readonly Expression[] => {
  if (!hasNames(items, policy)) return items;
  return items.every((item) => /^[a-zA-Z]$/.test(nameOfSide(item)))
    ? [...items].sort((left, right) => (nameOfSide(left) < nameOfSide(right) ? -1 : 1))
    : items;
};

const nameOfSide = (item: Expression): string => {
  const [side] = is.relation(item) ? item.operands : [];
  return is.symbol(side) ? side.name : '';
};

const distinct = (items: readonly Expression[], policy: AnswerPolicy): Expression[] => {
  const kept: Expression[] = [];
  for (const item of items) if (!kept.some((other) => compareValues(other, item, policy).equivalent)) kept.push(item);
  return kept;
};

/** The strength with which two values agree; undefined where they do not. */
export const matchValues = (gold: Expression, answer: Expression, policy: AnswerPolicy): Strength | undefined => {
  const { equivalent, strength } = compareValues(gold, answer, policy);
  return equivalent ? strength : undefined;
};

/** The strength with which all items agree one by one; undefined where one does not. */
export const matchInOrder = (
  left: readonly Expression[],
  right: readonly Expression[],
  policy: AnswerPolicy,
): Strength | undefined => {
  let strength: Strength = 'proved';
  for (const [index, item] of left.entries()) {
    const other = right[index];
    const same = other && matchValues(item, other, policy);
    if (!same) return undefined;
    strength = weakest(strength, same);
  }
  return strength;
};

/** The same in any order. */
export const matchFreely = <Item>(
  left: readonly Item[],
  right: readonly Item[],
  match: (item: Item, other: Item) => Strength | undefined,
): Strength | undefined => {
  const open = [...right];
  let strength: Strength = 'proved';
  for (const item of left) {
    const index = open.findIndex((other) => {
      const same = match(item, other);
      if (same) strength = weakest(strength, same);
      return same;
    });
    if (index < 0) return undefined;
    open.splice(index, 1);
  }
  return strength;
};

/** Points, vectors and closed or open intervals of known form: the same brackets, the same items in order. */
export const compareTuples = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  if (!is.tuple(gold) || !is.tuple(answer)) return differentKinds;
  if (shapeOf(gold) !== shapeOf(answer) || gold.items.length !== answer.items.length) return reject('tuple');
  return verdictOf(matchInOrder(gold.items, answer.items, policy), 'tuple');
};

/** ⟨1, 2⟩ is a vector as (1, 2) is; [1, 2] is something else. */
const shapeOf = ({ open, close }: Extract<Expression, { kind: 'tuple' }>): string =>
  `${open === '⟨' ? '(' : open}${close === '⟩' ? ')' : close}`;

/** Matrices entry by entry; a column may also be written as a tuple. */
export const compareMatrices = (gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict => {
  const left = rowsOf(gold);
  const right = rowsOf(answer);
  if (!left || !right || (is.tuple(gold) && is.tuple(answer))) return differentKinds;
  if (left.length !== right.length || left[0]?.length !== right[0]?.length) return reject('matrix');
  return verdictOf(matchInOrder(left.flat(), right.flat(), policy), 'matrix');
};

const rowsOf = (expression: Expression): readonly (readonly Expression[])[] | undefined => {
  if (is.matrix(expression)) return expression.rows;
  if (!is.tuple(expression)) return undefined;
  if (shapeOf(expression) === '()') return expression.items.map((item) => [item]);
  // [[1, 2], [3, 4]], as programs write a matrix.
  const rows = expression.items.map((item) => (is.tuple(item) && shapeOf(item) === '[]' ? item.items : undefined));
  const width = rows[0]?.length;
  return rows.every((row) => row && row.length === width) ? (rows as Expression[][]) : undefined;
};

/** Functions by cases: the same values under the same conditions, in any order. */
export const comparePiecewise = (
  { pieces }: Extract<Expression, { kind: 'piecewise' }>,
  { pieces: others }: Extract<Expression, { kind: 'piecewise' }>,
  policy: AnswerPolicy,
): Verdict => {
  if (pieces.length !== others.length) return reject('cases');
  const match = (piece: Piece, other: Piece): Strength | undefined => {
    const value = matchValues(piece.value, other.value, policy);
    if (!value || !piece.condition || !other.condition)
      return value && piece.condition === other.condition ? 'proved' : undefined;
    const condition = matchValues(piece.condition, other.condition, policy);
    return condition && weakest(value, condition);
  };
  return verdictOf(matchFreely(pieces, others, match), 'cases');
};
