import type { Expression } from '../numbers/expression.js';
import type { AnswerPolicy } from '../parse/policies.js';
import { reject, type Verdict, verdict } from '../parse/verdict.js';
import { bareValue, nameOfSolved } from './compare-relations.js';
import { compareValues } from './compare-values.js';

const MAX_ITEM_COUNT = 80;

/** Lists and sets: the same items, in any order unless the policy keeps it; a set counts an item once. */
export function compareLists(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (gold.kind === 'tuple' || answer.kind === 'tuple') return compareNamed(gold, answer, policy);
  const [left, right] = [itemsOf(gold), itemsOf(answer)];
  if (!left || !right) return reject('different-kinds');
  const rule = gold.kind === 'set' ? 'set' : 'list';
  if (left.length > MAX_ITEM_COUNT || right.length > MAX_ITEM_COUNT) return reject('undecided');
  const isSet = gold.kind === 'set' || answer.kind === 'set';
  const first = isSet ? distinct(left, policy) : left;
  // Naming an answer twice is harmless, unless the gold counts it twice (a double root).
  const second =
    isSet || (right.length > left.length && distinct(left, policy).length === left.length)
      ? distinct(right, policy)
      : right;
  if (first.length !== second.length) return reject(rule);
  // "x = 1, y = 2" against "1, 2": without names only the order says which is which.
  const keepsOrder = (!isSet && policy.listOrder === 'kept') || hasNames(first) !== hasNames(second);
  return verdict(keepsOrder ? matchInOrder(first, second, policy) : matchFreely(first, second, policy), rule);
}

/** "x = 1, y = 2" against the point (1, 2): the same values in the same order. */
function compareNamed(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const [list, tuple] = gold.kind === 'tuple' ? [answer, gold] : [gold, answer];
  if (list.kind !== 'list' || tuple.kind !== 'tuple' || shapeOf(tuple) !== '()') return reject('different-kinds');
  if (!hasNames(list.items) || list.items.length !== tuple.items.length) return reject('different-kinds');
  const [left, right] = gold.kind === 'tuple' ? [tuple.items, list.items] : [list.items, tuple.items];
  return verdict(matchInOrder(left, right, policy), 'tuple');
}

function itemsOf(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === 'list' || expression.kind === 'set') return spreadNames(expression.items);
  // A lone value is a list of one only against a list of one, such as {5}.
  if (expression.kind === 'tuple' || expression.kind === 'set-operation' || expression.kind === 'relation')
    return undefined;
  return [expression];
}

/** In "k = 1, 2, 3" the name belongs to all three. */
function spreadNames(items: readonly Expression[]): readonly Expression[] {
  const [first, ...rest] = items;
  if (!first || rest.length === 0 || nameOfSolved(first) === undefined || rest.some((item) => item.kind === 'relation'))
    return items;
  return [bareValue(first) ?? first, ...rest];
}

/** Whether the items are assignments to different names. */
function hasNames(items: readonly Expression[]): boolean {
  const names = items.map(nameOfSolved);
  return names.every((name) => name !== undefined) && new Set(names).size === items.length && items.length > 1;
}

function distinct(items: readonly Expression[], policy: AnswerPolicy): Expression[] {
  const kept: Expression[] = [];
  for (const item of items) if (!kept.some((other) => compareValues(other, item, policy).equivalent)) kept.push(item);
  return kept;
}

function matchInOrder(left: readonly Expression[], right: readonly Expression[], policy: AnswerPolicy): boolean {
  return left.every((item, index) => {
    const other = right[index];
    return other !== undefined && compareValues(item, other, policy).equivalent;
  });
}

function matchFreely(left: readonly Expression[], right: readonly Expression[], policy: AnswerPolicy): boolean {
  const open = [...right];
  return left.every((item) => {
    const index = open.findIndex((other) => compareValues(item, other, policy).equivalent);
    if (index < 0) return false;
    open.splice(index, 1);
    return true;
  });
}

/** Points, vectors and closed or open intervals of known form: the same brackets, the same items in order. */
export function compareTuples(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  if (gold.kind !== 'tuple' || answer.kind !== 'tuple') return reject('different-kinds');
  if (shapeOf(gold) !== shapeOf(answer) || gold.items.length !== answer.items.length) return reject('tuple');
  return verdict(matchInOrder(gold.items, answer.items, policy), 'tuple');
}

/** ⟨1, 2⟩ is a vector as (1, 2) is; [1, 2] is something else. */
function shapeOf({ open, close }: Extract<Expression, { kind: 'tuple' }>): string {
  return `${open === '⟨' ? '(' : open}${close === '⟩' ? ')' : close}`;
}

/** Matrices entry by entry; a column may also be written as a tuple. */
export function compareMatrices(gold: Expression, answer: Expression, policy: AnswerPolicy): Verdict {
  const [left, right] = [rowsOf(gold), rowsOf(answer)];
  if (!left || !right || (gold.kind === 'tuple' && answer.kind === 'tuple')) return reject('different-kinds');
  if (left.length !== right.length || left[0]?.length !== right[0]?.length) return reject('matrix');
  return verdict(matchInOrder(left.flat(), right.flat(), policy), 'matrix');
}

function rowsOf(expression: Expression): readonly (readonly Expression[])[] | undefined {
  if (expression.kind === 'matrix') return expression.rows;
  if (expression.kind !== 'tuple') return undefined;
  if (shapeOf(expression) === '()') return expression.items.map((item) => [item]);
  // [[1, 2], [3, 4]], as programs write a matrix.
  const rows = expression.items.map((item) =>
    item.kind === 'tuple' && shapeOf(item) === '[]' ? item.items : undefined,
  );
  const width = rows[0]?.length;
  return rows.every((row) => row !== undefined && row.length === width) ? (rows as Expression[][]) : undefined;
}
