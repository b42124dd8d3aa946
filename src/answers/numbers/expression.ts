import { negate, type Rational, rational } from './rational.js';
import { spendSteps } from './work.js';

/**
 * What an answer says, as a tree. One type serves numbers, formulas and structures (lists, intervals, equations), since
 * answers nest them freely: a tuple of fractions, a set of intervals, an equation between matrices.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: Rational; readonly decimalPlaces?: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'constant'; readonly name: ConstantName }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'negative'; readonly operand: Expression }
  | { readonly kind: 'quotient'; readonly top: Expression; readonly bottom: Expression }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'root'; readonly radicand: Expression; readonly index: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | ({ readonly kind: 'series'; readonly name: 'sum' | 'product'; readonly variable: string } & SeriesParts)
  | { readonly kind: 'plus-minus'; readonly left: Expression | undefined; readonly right: Expression }
  | { readonly kind: 'percent'; readonly operand: Expression }
  | { readonly kind: 'degrees'; readonly operand: Expression }
  | { readonly kind: 'quantity'; readonly operand: Expression; readonly unit: string }
  | { readonly kind: 'based'; readonly digits: string; readonly base: number }
  | { readonly kind: 'ratio'; readonly parts: readonly Expression[] }
  | { readonly kind: 'time'; readonly minutes: number; readonly half: 'am' | 'pm' | undefined }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'set'; readonly items: readonly Expression[] }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[]; readonly open: string; readonly close: string }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: 'piecewise'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'date'; readonly year: number | undefined; readonly month: number; readonly day: number }
  | { readonly kind: 'set-operation'; readonly operator: SetOperator; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'relation';
      readonly operators: readonly RelationOperator[];
      readonly operands: readonly Expression[];
    }
  | { readonly kind: 'text'; readonly text: string };

/** One row of a function by cases; without a condition it holds everywhere else. */
export type Piece = { readonly value: Expression; readonly condition: Expression | undefined };

export type ConstantName =
  | 'pi'
  | 'e'
  | 'i'
  | 'infinity'
  | 'emptyset'
  | 'reals'
  | 'integers'
  | 'naturals'
  | 'positive-integers'
  | 'nonnegative-integers'
  | 'rationals'
  | 'complexes';
export type SetOperator = 'union' | 'intersection' | 'difference';
export type RelationOperator = '=' | '≠' | '<' | '>' | '≤' | '≥' | '≈' | '∈' | '∉' | '⊂' | '≡';
type SeriesParts = { readonly from: Expression; readonly to: Expression; readonly body: Expression };

export const number = (value: Rational | number, decimalPlaces?: number): Expression => ({
  kind: 'number',
  value: typeof value === 'number' ? rational(value) : value,
  ...(decimalPlaces === undefined ? {} : { decimalPlaces }),
});

export const call = (name: string, ...operands: Expression[]): Expression => ({ kind: 'call', name, operands });

export const negative = (operand: Expression): Expression =>
  operand.kind === 'number' ? { ...operand, value: negate(operand.value) } : { kind: 'negative', operand };

/** The item of a list of one. */
export const onlyOf = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined);

export type Relation = Extract<Expression, { kind: 'relation' }>;

/** The direct parts of an expression, left to right. Every walk through a tree comes by here or by mapChildren, and pays. */
export const childrenOf = (expression: Expression): readonly Expression[] => {
  spendSteps(1);
  switch (expression.kind) {
    case 'number':
    case 'symbol':
    case 'constant':
    case 'based':
    case 'time':
    case 'date':
    case 'text':
      return [];
    case 'sum':
      return expression.terms;
    case 'product':
      return expression.factors;
    case 'negative':
    case 'percent':
    case 'degrees':
    case 'quantity':
      return [expression.operand];
    case 'quotient':
      return [expression.top, expression.bottom];
    case 'power':
      return [expression.base, expression.exponent];
    case 'root':
      return [expression.radicand, expression.index];
    case 'series':
      return [expression.from, expression.to, expression.body];
    case 'plus-minus':
      return expression.left ? [expression.left, expression.right] : [expression.right];
    case 'ratio':
      return expression.parts;
    case 'list':
    case 'set':
    case 'tuple':
      return expression.items;
    case 'matrix':
      return expression.rows.flat();
    case 'piecewise':
      return expression.pieces.flatMap(({ value, condition }) => (condition ? [value, condition] : [value]));
    case 'call':
    case 'set-operation':
    case 'relation':
      return expression.operands;
  }
};

/** The same expression with every direct part replaced. */
export const mapChildren = (expression: Expression, replace: (part: Expression) => Expression): Expression => {
  spendSteps(1);
  switch (expression.kind) {
    case 'sum':
      return { ...expression, terms: expression.terms.map(replace) };
    case 'product':
      return { ...expression, factors: expression.factors.map(replace) };
    case 'negative':
    case 'percent':
    case 'degrees':
    case 'quantity':
      return { ...expression, operand: replace(expression.operand) };
    case 'quotient':
      return { ...expression, top: replace(expression.top), bottom: replace(expression.bottom) };
    case 'power':
      return { ...expression, base: replace(expression.base), exponent: replace(expression.exponent) };
    case 'root':
      return { ...expression, radicand: replace(expression.radicand), index: replace(expression.index) };
    case 'series':
      return {
        ...expression,
        from: replace(expression.from),
        to: replace(expression.to),
        body: replace(expression.body),
      };
    case 'plus-minus':
      return { ...expression, left: expression.left && replace(expression.left), right: replace(expression.right) };
    case 'ratio':
      return { ...expression, parts: expression.parts.map(replace) };
    case 'list':
    case 'set':
    case 'tuple':
      return { ...expression, items: expression.items.map(replace) };
    case 'matrix':
      return { ...expression, rows: expression.rows.map((row) => row.map(replace)) };
    case 'piecewise':
      return {
        ...expression,
        pieces: expression.pieces.map(({ value, condition }) => ({
          value: replace(value),
          condition: condition && replace(condition),
        })),
      };
    case 'call':
    case 'set-operation':
    case 'relation':
      return { ...expression, operands: expression.operands.map(replace) };
    default:
      return expression;
  }
};

/** Whether something is so of an expression or of a part of it. */
export const mentions = (expression: Expression, isSo: (part: Expression) => boolean): boolean =>
  isSo(expression) || childrenOf(expression).some((part) => mentions(part, isSo));

/** The names of all variables in an expression, bound ones too, in the order in which they come. */
export const symbolsIn = (expression: Expression, names: Set<string> = new Set()): Set<string> => {
  if (expression.kind === 'symbol') names.add(expression.name);
  for (const part of childrenOf(expression)) symbolsIn(part, names);
  return names;
};
