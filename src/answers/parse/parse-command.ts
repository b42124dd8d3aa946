import { type ConstantName, call, type Expression, mapChildren, number } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import {
  type Cursor,
  deeper,
  expectToken,
  isGroupNext,
  isNext,
  parseFailure,
  peekToken,
  takeIf,
  takeOperator,
  takeSingleDigit,
} from './cursor.js';
import { parseProduct, parseSum, readSubscript } from './parse-arithmetic.js';
import { parseAtom } from './parse-atom.js';
import { parseBracket } from './parse-bracket.js';
import { isAtEnd, leaveEnvironment, parseCases } from './parse-cases.js';
import { parseRelation } from './parse-structure.js';
import { ray } from './parse-word-value.js';
import { quotientOf } from './quotient.js';
import { readPairs } from './read-pairs.js';

/** A LaTeX command with its groups: \frac, \sqrt, \binom, matrices, \sum, accents. */
export const parseCommand = (cursor: Cursor): Expression => {
  const { name } = expectToken(cursor, 'command');
  switch (name) {
    case 'frac':
      return quotientOf(parseArgument(cursor), parseArgument(cursor));
    case 'binom':
      return call('binom', parseArgument(cursor), parseArgument(cursor));
    case 'sqrt':
      return parseRoot(cursor);
    case 'begin':
      return parseMatrix(cursor);
    case 'sum':
    case 'prod':
      return parseSeries(cursor, name === 'sum' ? 'sum' : 'product');
    case 'lim':
      return parseLimit(cursor);
    case 'mathbb':
      return parseNumberSet(cursor);
    case 'accent':
      return parseMarked(cursor, accentOf(cursor));
    case 'figure':
      return parseMarked(cursor, 'figure');
    case 'variable':
      return make.symbol(readSubscript(cursor));
    case 'boxed':
    case 'fbox':
      return parseArgument(cursor);
    default:
      throw parseFailure;
  }
};

/** A group, or what TeX takes without braces: one digit, one letter, one command. */
const parseArgument = (cursor: Cursor): Expression => {
  return isNext(cursor, 'number') ? number(takeSingleDigit(cursor).value ?? 0) : parseGroup(cursor);
};

const parseGroup = (cursor: Cursor): Expression => deeper(cursor, isGroupNext(cursor) ? parseBracket : parseAtom);

/** `\sqrt[3]{x}`; `\sqrt12` is the root of 12, which is what people mean by it. */
const parseRoot = (cursor: Cursor): Expression => {
  let index: Expression = number(2);
  if (takeIf(cursor, 'open', '[')) {
    index = parseSum(cursor);
    expectToken(cursor, 'close', ']');
  }
  return { kind: 'root', radicand: deeper(cursor, isNext(cursor, 'open') ? parseBracket : parseAtom), index };
};

const parseMatrix = (cursor: Cursor): Expression => {
  const name = readSubscript(cursor).replace('*', '');
  if (name === 'cases') return parseCases(cursor);
  if (!/^([pbBvV]?matrix|p?smallmatrix|array)$/.test(name)) throw parseFailure;
  if (name === 'array' && isGroupNext(cursor)) readSubscript(cursor);
  const rows: Expression[][] = [[]];
  while (!isAtEnd(cursor)) {
    rows.at(-1)?.push(parseRelation(cursor));
    if (takeOperator(cursor, '&')) continue;
    if (!takeOperator(cursor, 'row')) break;
    if (!isAtEnd(cursor)) rows.push([]);
  }
  leaveEnvironment(cursor);
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width)) throw parseFailure;
  const matrix = make.matrix(rows);
  return name === 'vmatrix' ? call('det', matrix) : matrix;
};

/** `\sum_{k=1}^{n} body`; the body ends where the product ends. */
const parseSeries = (cursor: Cursor, name: 'sum' | 'product'): Expression => {
  let variable: string | undefined;
  let from: Expression | undefined;
  let to: Expression | undefined;
  for (let count = 0; count < 2; count++) {
    if (takeOperator(cursor, '_')) {
      expectToken(cursor, 'open', '{');
      const index = takeIf(cursor, 'symbol') ?? expectToken(cursor, 'constant', 'i');
      variable = index.name;
      expectToken(cursor, 'relation', '=');
      from = parseSum(cursor);
      expectToken(cursor, 'close', '}');
    } else if (takeOperator(cursor, '^')) {
      const bare = takeIf(cursor, 'number');
      to = bare ? number(bare.value ?? 0) : parseGroup(cursor);
    }
  }
  if (!variable || !from || !to) throw parseFailure;
  const body = deeper(cursor, parseProduct);
  return { kind: 'series', name, variable, from, to, body: variable === 'i' ? replaceImaginary(body) : body };
};

/** Inside a sum over i the letter i is its index, not the imaginary unit. */
const replaceImaginary = (expression: Expression): Expression => {
  if (is.constant(expression, 'i')) return make.symbol('i');
  return mapChildren(expression, replaceImaginary);
};

/** A limit is kept as its parts and evaluated by putting the point in, where that is defined. */
const parseLimit = (cursor: Cursor): Expression => {
  expectToken(cursor, 'operator', '_');
  expectToken(cursor, 'open', '{');
  const variable = expectToken(cursor, 'symbol').name;
  expectToken(cursor, 'operator', '→');
  const [sided] =
    /^\S+?\s?\^\s?\{?\s?[+-]\s?\}?\s?\}/.exec(cursor.text.slice(peekToken(cursor)?.start ?? 0).slice(0, 30)) ?? [];
  const point = parseSum(cursor);
  expectToken(cursor, 'close', '}');
  const side = sided ? [make.text(sided.includes('-}') || /\^\s?\{?\s?-/.test(sided) ? '-' : '+')] : [];
  return call('limit', make.symbol(variable), point, deeper(cursor, parseProduct), ...side);
};

const numberSets = readPairs('R:reals Z:integers N:naturals Q:rationals C:complexes');

const parseNumberSet = (cursor: Cursor): Expression => {
  const name = numberSets.get(readSubscript(cursor));
  if (!name) throw parseFailure;
  const sign = takeSetSign(cursor);
  if (!sign) return make.constant(name as ConstantName);
  const isPositive = sign === '+';
  if (name === 'reals') return ray(isPositive ? '(' : '[');
  if (name !== 'integers' && name !== 'naturals') throw parseFailure;
  return make.constant(isPositive ? 'positive-integers' : 'nonnegative-integers');
};

/** ℤ⁺, ℤ₊ and ℤ_{>0} are positive, ℤ_{≥0} and ℕ₀ also hold 0. */
const takeSetSign = (cursor: Cursor): '' | '+' | '0' => {
  const next = peekToken(cursor);
  if (!next || !isNext(cursor, 'operator') || !'^_'.includes(next.name)) return '';
  const match = /^[\^_]\s?\{?\s?(?:(\+|>\s?0)|(?:\\geq?(?:slant)?\s?0|>=\s?0|0|≥\s?0))\s?\}?/.exec(
    cursor.text.slice(next.start, next.start + 24),
  );
  if (!match) throw parseFailure;
  while ((peekToken(cursor)?.start ?? Number.POSITIVE_INFINITY) < next.start + match[0].length) cursor.index++;
  return match[1] ? '+' : '0';
};

const accents = readPairs('overline:bar overrightarrow:vec widehat:hat');

/** Which accent the command just read was: a mean is no derivative. */
const accentOf = (cursor: Cursor): string => {
  const token = peekToken(cursor, -1);
  const name = token ? cursor.text.slice(token.start + 1, token.end) : '';
  return accents.get(name) ?? name;
};

/** `\overline{CD}`, `\vec{v}`, `\angle ABC`: a name with a mark. */
const parseMarked = (cursor: Cursor, mark: string): Expression => {
  if (mark === 'figure') {
    let letters = '';
    for (let token = takeIf(cursor, 'symbol'); token; token = takeIf(cursor, 'symbol')) letters += token.name;
    if (!letters) throw parseFailure;
    return make.symbol(`${mark} ${letters}`);
  }
  const inner = readSubscript(cursor);
  // The conjugate of a complex number; a bar over other letters is a mean or a segment.
  if (mark === 'bar' && /^[zw](_\w+)?$/.test(inner)) return call('conj', make.symbol(inner));
  let name = `${mark} ${inner}`;
  if (takeOperator(cursor, '_')) name += `_${readSubscript(cursor)}`;
  return make.symbol(name);
};
