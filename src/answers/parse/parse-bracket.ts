import { call, childrenOf, type Expression } from '../numbers/expression.js';
import { boundName } from '../numbers/number-sets.js';
import { renameSymbols } from '../numbers/rename-symbols.js';
import { type Cursor, expectToken, isNext, parseFailure, peekToken, takeIf } from './cursor.js';
import { parseItems, parseRelation } from './parse-structure.js';

/** Whatever stands in brackets: a grouped expression, a tuple or interval, a set, a floor or ceiling. */
export function parseBracket(cursor: Cursor): Expression {
  const open = expectToken(cursor, 'open').name;
  const bars = cursor.barDepth;
  cursor.barDepth = 0;
  const result = parseContent(cursor, open);
  cursor.barDepth = bars;
  return result;
}

function parseContent(cursor: Cursor, open: string): Expression {
  if (open === 'set' && takeIf(cursor, 'close', 'set')) return { kind: 'set', items: [] };
  if (open === 'set') return parseSet(cursor);
  if (open === '{' && takeIf(cursor, 'close', '}')) throw parseFailure;
  const items = parseItems(cursor);
  const [only] = items;
  if (takeIf(cursor, 'operator', 'choose')) {
    const lower = parseRelation(cursor);
    expectClose(cursor, open);
    if (!only || items.length !== 1) throw parseFailure;
    return call('binom', only, lower);
  }
  if (takeIf(cursor, 'operator', 'over')) {
    const bottom = parseRelation(cursor);
    expectClose(cursor, open);
    if (!only || items.length !== 1) throw parseFailure;
    return { kind: 'quotient', top: only, bottom };
  }
  const close = expectClose(cursor, open);
  if (open === 'floor' || open === 'ceil') {
    if (!only || items.length !== 1) throw parseFailure;
    return call(open, only);
  }
  if (open === '{') return items.length === 1 && only ? only : { kind: 'list', items };
  if (items.length === 1 && only) {
    if (open === '⟨') return { kind: 'tuple', items, open, close };
    return only;
  }
  return { kind: 'tuple', items, open, close };
}

/** `{1, 2}` or a builder `{x : x > 2}`, which is its condition. */
function parseSet(cursor: Cursor): Expression {
  cursor.barDepth = 1;
  const items = parseItems(cursor);
  cursor.barDepth = 0;
  if (isNext(cursor, 'operator', '|') || isNext(cursor, 'operator', ':')) {
    cursor.index++;
    const conditions = parseItems(cursor);
    expectToken(cursor, 'close', 'set');
    return builtSet(items, conditions);
  }
  expectToken(cursor, 'close', 'set');
  return { kind: 'set', items };
}

/** { x : x > 2 } is its condition, { 2k : k ∈ Z } a family; what the letters are called does not matter. */
function builtSet(items: readonly Expression[], conditions: readonly Expression[]): Expression {
  const [item, ...more] = items;
  const [only] = conditions;
  if (!item || more.length > 0 || !only) throw parseFailure;
  const [name, domain] = item.kind === 'relation' && item.operators[0] === '∈' ? item.operands : [item];
  if (name?.kind === 'symbol' && (domain === undefined || (domain.kind === 'constant' && domain.name === 'reals'))) {
    const named = conditions.map((condition) => renameSymbols(condition, new Map([[name.name, boundName]])));
    const [first] = named;
    return named.length === 1 && first ? first : { kind: 'set-operation', operator: 'intersection', operands: named };
  }
  const parts = [item, ...conditions];
  const names = new Map<string, string>();
  for (const part of parts)
    for (const symbol of symbolsOf(part)) if (!names.has(symbol)) names.set(symbol, `index ${names.size}`);
  return call('family', ...parts.map((part) => renameSymbols(part, names)));
}

function symbolsOf(expression: Expression): string[] {
  return expression.kind === 'symbol' ? [expression.name] : childrenOf(expression).flatMap(symbolsOf);
}

/** Round and square brackets may be mixed, as half-open intervals do. */
function expectClose(cursor: Cursor, open: string): string {
  const token = peekToken(cursor);
  if (token?.kind !== 'close') throw parseFailure;
  const fits =
    open === '(' || open === '[' ? token.name === ')' || token.name === ']' : token.name === (closers[open] ?? open);
  if (!fits) throw parseFailure;
  cursor.index++;
  return token.name;
}

const closers: Readonly<Record<string, string>> = { '{': '}', '⟨': '⟩' };
