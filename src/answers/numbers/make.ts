/**
 * Expressions of each kind made of their parts: `import * as make`, then `make.sum([left, right])`.
 *
 * @module
 */

import type { ConstantName, Expression, RelationOperator, SetOperator } from './expression.js';

type Made<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;
type Parts = readonly Expression[];

export const symbol = (name: string): Made<'symbol'> => ({ kind: 'symbol', name });
export const constant = (name: ConstantName): Made<'constant'> => ({ kind: 'constant', name });
export const text = (text: string): Made<'text'> => ({ kind: 'text', text });
export const sum = (terms: Parts): Made<'sum'> => ({ kind: 'sum', terms });
export const product = (factors: Parts): Made<'product'> => ({ kind: 'product', factors });
/** A sign that stays before its operand, a number too; `negative` takes it into a number. */
export const minus = (operand: Expression): Made<'negative'> => ({ kind: 'negative', operand });
export const quotient = (top: Expression, bottom: Expression): Made<'quotient'> => ({ kind: 'quotient', top, bottom });
export const power = (base: Expression, exponent: Expression): Made<'power'> => ({ kind: 'power', base, exponent });
export const plusMinus = (right: Expression, left?: Expression): Expression => ({ kind: 'plus-minus', left, right });
export const percent = (operand: Expression): Made<'percent'> => ({ kind: 'percent', operand });
export const degrees = (operand: Expression): Made<'degrees'> => ({ kind: 'degrees', operand });
export const quantity = (operand: Expression, unit: string): Made<'quantity'> => ({ kind: 'quantity', operand, unit });
export const ratio = (parts: Parts): Made<'ratio'> => ({ kind: 'ratio', parts });
export const list = (items: Parts): Made<'list'> => ({ kind: 'list', items });
export const set = (items: Parts): Made<'set'> => ({ kind: 'set', items });
export const tuple = (items: Parts, open: string, close: string): Made<'tuple'> => ({
  kind: 'tuple',
  items,
  open,
  close,
});
export const matrix = (rows: readonly Parts[]): Made<'matrix'> => ({ kind: 'matrix', rows });
export const setOperation = (operator: SetOperator, operands: Parts): Made<'set-operation'> => ({
  kind: 'set-operation',
  operator,
  operands,
});
export const relation = (operators: readonly RelationOperator[], operands: Parts): Made<'relation'> => ({
  kind: 'relation',
  operators,
  operands,
});
