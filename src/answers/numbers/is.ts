/**
 * Whether an expression is of a kind: `import * as is`, then `is.sum(expression)`; nothing is of no kind. Those with a name can be asked for it too.
 *
 * @module
 */

import { type Expression, onlyOf, type Relation, type RelationOperator } from './expression.js';

type Maybe = Expression | undefined;
type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

export const number = (one: Maybe): one is Of<'number'> => one?.kind === 'number';
export const sum = (one: Maybe): one is Of<'sum'> => one?.kind === 'sum';
export const product = (one: Maybe): one is Of<'product'> => one?.kind === 'product';
export const negative = (one: Maybe): one is Of<'negative'> => one?.kind === 'negative';
export const quotient = (one: Maybe): one is Of<'quotient'> => one?.kind === 'quotient';
export const power = (one: Maybe): one is Of<'power'> => one?.kind === 'power';
export const series = (one: Maybe): one is Of<'series'> => one?.kind === 'series';
export const percent = (one: Maybe): one is Of<'percent'> => one?.kind === 'percent';
export const degrees = (one: Maybe): one is Of<'degrees'> => one?.kind === 'degrees';
export const quantity = (one: Maybe): one is Of<'quantity'> => one?.kind === 'quantity';
export const based = (one: Maybe): one is Of<'based'> => one?.kind === 'based';
export const ratio = (one: Maybe): one is Of<'ratio'> => one?.kind === 'ratio';
export const time = (one: Maybe): one is Of<'time'> => one?.kind === 'time';
export const list = (one: Maybe): one is Of<'list'> => one?.kind === 'list';
export const set = (one: Maybe): one is Of<'set'> => one?.kind === 'set';
export const tuple = (one: Maybe): one is Of<'tuple'> => one?.kind === 'tuple';
export const matrix = (one: Maybe): one is Of<'matrix'> => one?.kind === 'matrix';
export const piecewise = (one: Maybe): one is Of<'piecewise'> => one?.kind === 'piecewise';
export const date = (one: Maybe): one is Of<'date'> => one?.kind === 'date';
export const text = (one: Maybe): one is Of<'text'> => one?.kind === 'text';
export const setOperation = (one: Maybe): one is Of<'set-operation'> => one?.kind === 'set-operation';

export const symbol = (one: Maybe, name?: string): one is Of<'symbol'> =>
  one?.kind === 'symbol' && (name === undefined || one.name === name);
export const constant = (one: Maybe, name?: string): one is Of<'constant'> =>
  one?.kind === 'constant' && (name === undefined || one.name === name);
export const call = (one: Maybe, name?: string): one is Of<'call'> =>
  one?.kind === 'call' && (name === undefined || one.name === name);

/** Whether an expression is a relation, or with a sign: one relation of two sides by this sign, x = 5 and not a = b = c. */
export const relation = (one: Maybe, operator?: RelationOperator): one is Relation =>
  one?.kind === 'relation' && (!operator || onlyOf(one.operators) === operator);
