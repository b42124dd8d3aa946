import { call, type Expression, onlyOf, symbolsIn } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { boundName } from '../numbers/number-sets.js';
import { renameSymbols } from '../numbers/rename-symbols.js';
import { type Cursor, expectToken, isOperator, parseFailure, peekToken, takeIf, takeOperator } from './cursor.js';
import { asList, parseItems, parseRelation } from './parse-structure.js';

/** Whatever stands in brackets: a grouped expression, a tuple or interval, a set, a floor or ceiling. */
export const parseBracket = (cursor: Cursor): Expression => {
  const open = expectToken(cursor, 'open').name;
  const bars = cursor.barDepth;
  cursor.barDepth = 0;
  const result = parseContent(cursor, open);
  cursor.barDepth = bars;
  return result;
};

const parseContent = (cursor: Cursor, open: string): Expression => {
  if (open === 'set' && takeIf(cursor, 'close', 'set')) return make.set([]);
  if (open === 'set') return parseSet(cursor);
  if (open === '{' && takeIf(cursor, 'close', '}')) throw parseFailure;
  const items = parseItems(cursor);
  const only = onlyOf(items);
  const word = takeOperator(cursor, 'choose') ?? takeOperator(cursor, 'over');
  const bottom = word && parseRelation(cursor);
  const close = expectClose(cursor, open);
  if (bottom || open === 'floor' || open === 'ceil') {
    if (!only) throw parseFailure;
    if (!bottom) return call(open, only);
    return word.name === 'choose' ? call('binom', only, bottom) : make.quotient(only, bottom);
  }
  if (open === '{') return asList(items);
  return only && open !== '⟨' ? only : make.tuple(items, open, close);
};

/** `{1, 2}` or a builder `{x : x > 2}`, which is its condition. */
const parseSet = (cursor: Cursor): Expression => {
  cursor.barDepth = 1;
  const items = parseItems(cursor);
  cursor.barDepth = 0;
  const bar = peekToken(cursor);
  if (isOperator(bar, '|') || isOperator(bar, ':')) {
    cursor.index++;
    const conditions = parseItems(cursor);
    expectToken(cursor, 'close', 'set');
    return builtSet(items, conditions);
  }
  expectToken(cursor, 'close', 'set');
  return make.set(items);
};

/** { x : x > 2 } is its condition, { 2k : k ∈ Z } a family; what the letters are called does not matter. */
const builtSet = (items: readonly Expression[], conditions: readonly Expression[]): Expression => {
  const [item, ...more] = items;
  const [only] = conditions;
  if (!item || more.length > 0 || !only) throw parseFailure;
  const [name, domain] = is.relation(item) && item.operators[0] === '∈' ? item.operands : [item];
  if (is.symbol(name) && (!domain || is.constant(domain, 'reals'))) {
    const named = conditions.map((condition) => renameSymbols(condition, new Map([[name.name, boundName]])));
    return onlyOf(named) ?? make.setOperation('intersection', named);
  }
  const parts = [item, ...conditions];
  const names = new Map<string, string>();
  for (const part of parts)
    for (const symbol of symbolsIn(part)) if (!names.has(symbol)) names.set(symbol, `index ${names.size}`);
  return call('family', ...parts.map((part) => renameSymbols(part, names)));
};

/** Round and square brackets may be mixed, as half-open intervals do. */
const expectClose = (cursor: Cursor, open: string): string => {
  const token = peekToken(cursor);
  if (token?.kind !== 'close') throw parseFailure;
  const fits = '(['.includes(open) ? ')]'.includes(token.name) : token.name === (closers[open] ?? open);
  if (!fits) throw parseFailure;
  cursor.index++;
  return token.name;
};

const closers: Readonly<Record<string, string>> = { '{': '}', '⟨': '⟩' };
