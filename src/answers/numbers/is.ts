/**
 * Whether an expression is of a kind: `import * as is`, then `is.sum(expression)`; nothing is of no kind. Those with a name can be asked for it too.
 *
 * @module
 */

import { type Expression, onlyOf, type Relation, type RelationOperator } from './expression.js';

type Maybe = Expression | undefined;
type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

const ofKind =
  <Kind extends Expression['kind']>(kind: Kind) =>
  (one: Maybe): one is Of<Kind> =>
    one?.kind === kind;
const named =
  <Kind extends 'symbol' | 'constant' | 'call'>(kind: Kind) =>
  (one: Maybe, name?: string): one is Of<Kind> =>
    one?.kind === kind && (name === undefined || one.name === name);

export const number = ofKind('number');
export const sum = ofKind('sum');
export const product = ofKind('product');
export const negative = ofKind('negative');
export const quotient = ofKind('quotient');
export const power = ofKind('power');
export const series = ofKind('series');
export const percent = ofKind('percent');
export const degrees = ofKind('degrees');
export const quantity = ofKind('quantity');
export const based = ofKind('based');
export const ratio = ofKind('ratio');
export const time = ofKind('time');
export const list = ofKind('list');
export const set = ofKind('set');
export const tuple = ofKind('tuple');
export const matrix = ofKind('matrix');
export const piecewise = ofKind('piecewise');
export const date = ofKind('date');
export const text = ofKind('text');
export const setOperation = ofKind('set-operation');
export const plusMinus = ofKind('plus-minus');

export const symbol = named('symbol');
export const constant = named('constant');
export const call = named('call');

/** Whether an expression is a relation, or with a sign: one relation of two sides by this sign, x = 5 and not a = b = c. */
export const relation = (one: Maybe, operator?: RelationOperator): one is Relation =>
  one?.kind === 'relation' && (!operator || onlyOf(one.operators) === operator);
/** a = b = c, of two sides at least. */
export const equationChain = (one: Maybe): one is Relation =>
  one?.kind === 'relation' && one.operators.every((sign) => sign === '=');
