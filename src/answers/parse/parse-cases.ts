import type { Expression, Piece } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import {
  type Cursor,
  expectToken,
  isNext,
  isOperator,
  isToken,
  parseFailure,
  peekToken,
  takeIf,
  takeOperator,
} from './cursor.js';
import { readSubscript } from './parse-arithmetic.js';
import { asList, parseItems, parseRelation } from './parse-structure.js';
import type { Token } from './tokenize.js';

/**
 * The rows of a cases environment: with conditions behind `&` (or a comma) a function by cases, without them a system of equations as a
 * list. The cursor stands behind `\begin{cases}`.
 */
export const parseCases = (cursor: Cursor): Expression => {
  const rows: { value: Expression; condition: Expression | undefined }[] = [];
  while (!isAtEnd(cursor)) {
    rows.push(parseRow(cursor));
    if (!takeOperator(cursor, 'row')) break;
  }
  leaveEnvironment(cursor);
  if (rows.length === 0) throw parseFailure;
  if (rows.some(({ condition }) => condition)) {
    const pieces: Piece[] = rows.map(({ value, condition }) => ({
      value,
      condition: is.text(condition) && /^(otherwise|else)$/i.test(condition.text) ? undefined : condition,
    }));
    return { kind: 'piecewise', pieces };
  }
  const items = rows.flatMap(({ value }) => (is.list(value) ? value.items : [value]));
  return asList(items);
};

export const isAtEnd = (cursor: Cursor): boolean => isNext(cursor, 'command', 'end');

/** Takes `\end{cases}`, whatever the name. */
export const leaveEnvironment = (cursor: Cursor): void => {
  expectToken(cursor, 'command', 'end');
  readSubscript(cursor);
};

const parseRow = (cursor: Cursor): { value: Expression; condition: Expression | undefined } => {
  dropAlignment(cursor);
  const value = parseRelation(cursor);
  takeIf(cursor, 'separator', ',');
  if (takeOperator(cursor, '&'))
    return { value, condition: endsRow(peekToken(cursor)) ? undefined : parseCondition(cursor) };
  if (endsRow(peekToken(cursor))) return { value, condition: undefined };
  // "x + 1, x > 0" without a mark, or a second equation of the system.
  const rest = parseCondition(cursor);
  const isEquation = is.equationChain(rest);
  return is.relation(value) && isEquation
    ? { value: make.list([value, rest]), condition: undefined }
    : { value, condition: rest };
};

/** In "x &= 1" the mark only aligns. */
const dropAlignment = (cursor: Cursor): void => {
  for (let index = cursor.index; index < cursor.tokens.length; index++) {
    const token = cursor.tokens[index];
    if (isOperator(token, 'row')) return;
    if (!isOperator(token, '&')) continue;
    const before = cursor.tokens[index - 1];
    const after = cursor.tokens[index + 1];
    if (before?.kind === 'relation' || after?.kind === 'relation') cursor.tokens.splice(index--, 1);
  }
};

const endsRow = (token: Token | undefined): boolean =>
  !token || isOperator(token, 'row') || isToken(token, 'command', 'end');

/** What stands behind the mark: relations where it reads as such, else its words. */
const parseCondition = (cursor: Cursor): Expression => {
  const first = peekToken(cursor);
  if (first?.kind === 'text' && /^,?\s*(if|for|when|where)$/i.test(first.name)) cursor.index++;
  const start = cursor.index;
  let end = start;
  while (!endsRow(cursor.tokens[end])) end++;
  try {
    const row = cursor.tokens.splice(end, 1)[0];
    const rest = cursor.tokens.splice(end);
    let items: Expression[];
    try {
      items = parseItems(cursor);
    } finally {
      if (row) cursor.tokens.push(row, ...rest);
    }
    const [only] = items;
    if (cursor.index === end && only && items.every((item) => is.relation(item) || is.setOperation(item)))
      return items.length === 1 ? only : make.setOperation('intersection', items);
  } catch (error) {
    if (error !== parseFailure) throw error;
  }
  cursor.index = end;
  const from = cursor.tokens[start]?.start ?? 0;
  const to = cursor.tokens[end - 1]?.end ?? from;
  const text = cursor.text
    .slice(from, to)
    .replace(/\\(text\w*|mbox|mathrm)\s*|[{}$]|\\[ ,;]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^\s*(if|for|when|where)\s|[\s.,;]+$/gi, '')
    .replace(/\b([a-z]) is /g, '$1 ')
    .trim();
  return make.text(text);
};
