import { evaluateNumerically } from './evaluate-numerically.js';
import { evaluateExactly } from './exact-number.js';
import { type Expression, negative, number } from './expression.js';
import { evaluateAll } from './fold-parts.js';
import * as is from './is.js';
import * as make from './make.js';
import { abs } from './math.js';
import { compare as compareRationals, type Rational, toNumber } from './rational.js';
import { spendSteps } from './work.js';

/** One stretch of the real line; a point has equal ends, an end at infinity is open. */
export type Piece = { readonly low: End; readonly high: End };
export type End = { readonly at: Expression; readonly isClosed: boolean };

/** A set of real numbers, and the variable that an inequality named it for. */
export type NumberSet = { readonly pieces: readonly Piece[]; readonly variable: string | undefined };

/** The name of a set builder's own variable, which may be called anything. */
export const boundName = 'bound';

const infinity: Expression = make.constant('infinity');
const minusInfinity = negative(infinity);
const open = (at: Expression): End => ({ at, isClosed: false });
const closed = (at: Expression): End => ({ at, isClosed: true });
const below = open(minusInfinity);
const above = open(infinity);
const line: NumberSet = { pieces: [{ low: below, high: above }], variable: undefined };

/**
 * Intervals, unions, inequalities in one variable, finite sets: what they say about the real line. Undefined for
 * anything else, and for sets whose ends cannot be put in order.
 */
export const toNumberSet = (expression: Expression): NumberSet | undefined => {
  switch (expression.kind) {
    case 'tuple':
      return fromTuple(expression);
    case 'set':
    case 'list':
      return normalize(expression.items.map((item) => ({ low: closed(item), high: closed(item) })));
    case 'constant':
      return expression.name === 'reals' ? line : expression.name === 'emptyset' ? normalize([]) : undefined;
    case 'relation':
      return fromRelation(expression);
    case 'set-operation':
      return fromOperation(expression);
    default:
      return undefined;
  }
};

/** Whether an expression is a set of reals beyond doubt: `(1, 2)` may be a point, `(1, 2]` and `(1, \infty)` may not. */
export const isSurelyNumberSet = (expression: Expression): boolean => {
  if (is.setOperation(expression)) return true;
  if (is.tuple(expression))
    return (
      expression.items.length === 2 &&
      ((expression.open === '(') !== (expression.close === ')') || expression.items.some(isInfinite))
    );
  return isInequality(expression);
};

export const isInequality = (expression: Expression): boolean =>
  is.relation(expression) && expression.operators.every((operator) => '<>≤≥≠'.includes(operator));

export const isInfinite = (expression: Expression): boolean => {
  if (is.negative(expression)) return isInfinite(expression.operand);
  if (is.sum(expression)) return expression.terms.length === 1 && isInfinite(expression.terms[0] ?? infinity);
  return is.constant(expression, 'infinity');
};

const fromTuple = ({
  items,
  open: left,
  close: right,
}: Extract<Expression, { kind: 'tuple' }>): NumberSet | undefined => {
  const [low, high] = items;
  if (items.length !== 2 || !low || !high || left === '⟨') return undefined;
  return stretch(
    { at: low, isClosed: left === '[' && !isInfinite(low) },
    { at: high, isClosed: right === ']' && !isInfinite(high) },
  );
};

const fromRelation = ({ operands, operators }: Extract<Expression, { kind: 'relation' }>): NumberSet | undefined => {
  const [first, second, third] = operands;
  const [operator, other] = operators;
  if (!first || !second || !operator) return undefined;
  if (operators.length === 2 && third && other && is.symbol(second)) {
    const isUp = '<≤'.includes(operator) && '<≤'.includes(other);
    const isDown = '>≥'.includes(operator) && '>≥'.includes(other);
    if (!isUp && !isDown) return undefined;
    const left = endAt(first, operator);
    const right = endAt(third, other);
    return isUp ? stretch(left, right, second.name) : stretch(right, left, second.name);
  }
  if (operators.length !== 1) return undefined;
  if (operator === '∈') {
    const members = toNumberSet(second);
    return members && is.symbol(first) ? { ...members, variable: first.name } : undefined;
  }
  const distance = fromDistance(first, operator, second);
  if (distance) return distance;
  if (is.symbol(first)) return fromBound(first.name, operator, second);
  return is.symbol(second) ? fromBound(second.name, flipped[operator] ?? operator, first) : undefined;
};

/** The sign of an inequality that is read from the right. */
export const flipped: Readonly<Record<string, string>> = { '<': '>', '>': '<', '≤': '≥', '≥': '≤', '≠': '≠' };

const endAt = (at: Expression, operator: string): End => ({ at, isClosed: '≤≥='.includes(operator) });

/** |x| < 3, |x - 1| ≥ 2: within or beyond a distance. */
const fromDistance = (first: Expression, operator: string, second: Expression): NumberSet | undefined => {
  if (!is.call(first, 'abs') || !'<≤>≥'.includes(operator)) return undefined;
  const [inner] = first.operands;
  const [variable, shift] = is.symbol(inner)
    ? [inner, undefined]
    : is.sum(inner) && inner.terms.length === 2
      ? inner.terms
      : [];
  const radius = evaluateExactly(second);
  if (!is.symbol(variable) || !radius || radius.numerator <= 0n) return undefined;
  const center = shift ? negative(shift) : number(0);
  const end = (step: Expression): End => endAt(make.sum([center, step]), operator);
  const low = end(negative(second));
  const high = end(second);
  return '<≤'.includes(operator)
    ? stretch(low, high, variable.name)
    : normalize(
        [
          { low: below, high: low },
          { low: high, high: above },
        ],
        variable.name,
      );
};

const fromBound = (variable: string, operator: string, bound: Expression): NumberSet | undefined => {
  if (operator === '≠') return normalize(without(line.pieces, bound), variable);
  const end = endAt(bound, operator);
  if (operator === '=') return stretch(end, end, variable);
  if ('<≤'.includes(operator)) return stretch(below, end, variable);
  return '>≥'.includes(operator) ? stretch(end, above, variable) : undefined;
};

const fromOperation = ({
  operator,
  operands,
}: Extract<Expression, { kind: 'set-operation' }>): NumberSet | undefined => {
  const sets = evaluateAll(operands, toNumberSet);
  const [first, ...rest] = sets ?? [];
  if (!sets || !first) return undefined;
  const variable = sets.find((set) => set.variable !== undefined)?.variable;
  if (sets.some((set) => set.variable !== undefined && set.variable !== variable)) return undefined;
  if (operator === 'union')
    return normalize(
      sets.flatMap((set) => set.pieces),
      variable,
    );
  let pieces: readonly Piece[] | undefined = first.pieces;
  for (const set of rest) {
    pieces = operator === 'intersection' ? intersect(pieces, set.pieces) : subtractPoints(pieces, set.pieces);
    if (!pieces) return undefined;
  }
  return normalize(pieces, variable);
};

/** Only points can be taken out; that is all that answers do (ℝ ∖ {5}). */
const subtractPoints = (pieces: readonly Piece[], removed: readonly Piece[]): Piece[] | undefined => {
  let left = [...pieces];
  for (const { low, high } of removed) {
    if (order(low.at, high.at) !== 0) return undefined;
    left = left.flatMap((piece) => without([piece], low.at));
  }
  return left;
};

const without = (pieces: readonly Piece[], point: Expression): Piece[] =>
  pieces.flatMap(({ low, high }) => {
    const before = order(low.at, point);
    const after = order(point, high.at);
    if (before === undefined || after === undefined || before > 0 || after > 0) return [{ low, high }];
    const parts = [
      { low, high: open(point) },
      { low: open(point), high },
    ];
    return parts.filter((part) => order(part.low.at, part.high.at) !== 0);
  });

const intersect = (left: readonly Piece[], right: readonly Piece[]): Piece[] | undefined => {
  const common: Piece[] = [];
  for (const first of left) {
    for (const second of right) {
      const lows = order(first.low.at, second.low.at);
      const highs = order(first.high.at, second.high.at);
      if (lows === undefined || highs === undefined) return undefined;
      const low = furtherEnd(lows, first.low, second.low, first.low.isClosed && second.low.isClosed);
      const high = furtherEnd(-highs, first.high, second.high, first.high.isClosed && second.high.isClosed);
      const width = order(low.at, high.at);
      if (width !== undefined && (width < 0 || (width === 0 && low.isClosed && high.isClosed)))
        common.push({ low, high });
    }
  }
  return common;
};

/** The first of two ends where their order is positive, the second where it is negative; else one end, closed or open. */
const furtherEnd = (order: number, first: End, second: End, isClosed: boolean): End =>
  order > 0 ? first : order < 0 ? second : { at: first.at, isClosed };

const stretch = (low: End, high: End, variable?: string): NumberSet | undefined => normalize([{ low, high }], variable);

/** Sorts pieces and joins those that touch; undefined when the ends cannot be ordered or run backwards. */
const normalize = (pieces: readonly Piece[], variable?: string): NumberSet | undefined => {
  if (pieces.length > 40) return undefined;
  if (pieces.length === 1 && pieces[0]) {
    const width = order(pieces[0].low.at, pieces[0].high.at);
    return width !== undefined && width > 0 ? undefined : { pieces, variable };
  }
  for (const { low, high } of pieces) {
    const width = order(low.at, high.at);
    if (width === undefined || width > 0) return undefined;
  }
  const sorted = [...pieces].sort(
    (left, right) => (order(left.low.at, right.low.at) ?? 0) || Number(right.low.isClosed) - Number(left.low.isClosed),
  );
  const joined: Piece[] = [];
  for (const piece of sorted) {
    const last = joined.at(-1);
    const gap = last ? order(last.high.at, piece.low.at) : -1;
    if (!last || gap === undefined || gap < 0 || (gap === 0 && !last.high.isClosed && !piece.low.isClosed)) {
      joined.push(piece);
      continue;
    }
    const ends = order(last.high.at, piece.high.at) ?? 0;
    const high = furtherEnd(ends, last.high, piece.high, last.high.isClosed || piece.high.isClosed);
    joined[joined.length - 1] = { low: last.low, high };
  }
  return { pieces: joined, variable };
};

/** -1, 0 or 1; undefined when an end has no known place (a variable). */
const order = (left: Expression, right: Expression): number | undefined => {
  spendSteps(8);
  const first = positionOf(left);
  const second = positionOf(right);
  if (first.exact && second.exact) return compareRationals(first.exact, second.exact);
  if (first.near === second.near) return 0;
  if (Number.isFinite(first.near) && abs(first.near - second.near) <= 1e-12 * abs(first.near)) return 0;
  if (Number.isNaN(first.near) || Number.isNaN(second.near)) return undefined;
  return first.near < second.near ? -1 : 1;
};

const positionOf = (expression: Expression): { exact?: Rational; near: number } => {
  if (isInfinite(expression))
    return { near: is.negative(expression) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
  const exact = evaluateExactly(expression);
  if (exact) return { exact, near: toNumber(exact) };
  return { near: evaluateNumerically(expression)?.re ?? Number.NaN };
};
