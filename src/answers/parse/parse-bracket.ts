import { call, type Expression } from '../numbers/expression.js';
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
    const [only] = conditions;
    return conditions.length === 1 && only
      ? only
      : { kind: 'set-operation', operator: 'intersection', operands: conditions };
  }
  expectToken(cursor, 'close', 'set');
  return { kind: 'set', items };
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
