import { call, type Expression, number } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { max } from '../numbers/math.js';
import { negate, zero } from '../numbers/rational.js';
import {
  type Cursor,
  deeper,
  expectToken,
  isGroupNext,
  isNext,
  isToken,
  parseFailure,
  peekToken,
  takeOperator,
} from './cursor.js';
import { parseFactors, parsePower, parseSum, readSubscript, startsFactor } from './parse-arithmetic.js';
import { parseBracket } from './parse-bracket.js';
import { parseCommand } from './parse-command.js';
import { parseNumber } from './parse-number.js';
import type { Token } from './tokenize.js';

/** The smallest whole: a number, a name, a bracket, a function with its argument, a LaTeX command with its groups. */
export const parseAtom = (cursor: Cursor): Expression => {
  const token = peekToken(cursor);
  if (!token) throw parseFailure;
  switch (token.kind) {
    case 'number':
      return parseNumber(cursor);
    case 'symbol':
      return parseSymbol(cursor);
    case 'constant':
      cursor.index++;
      return make.constant(token.name as 'pi');
    case 'function':
      return parseFunction(cursor);
    case 'open':
      return deeper(cursor, parseBracket);
    case 'command':
      return deeper(cursor, parseCommand);
    case 'operator':
      if (token.name === '|' || token.name === '‖') return deeper(cursor, parseBars);
      throw parseFailure;
    case 'text':
      // A word inside a formula is a name: \text{area} + 2.
      cursor.index++;
      return make.text(token.name);
    default:
      throw parseFailure;
  }
};

const functionSymbols = new Set(['f', 'g', 'h', 'F', 'G']);

const parseSymbol = (cursor: Cursor): Expression => {
  let name = expectToken(cursor, 'symbol').name;
  while (takeOperator(cursor, "'")) name += "'";
  if (takeOperator(cursor, '_')) {
    const indexed = parseIndexed(cursor, name);
    if (typeof indexed !== 'string') return indexed;
    name = indexed;
  }
  if (functionSymbols.has(name[0] ?? '') && isNext(cursor, 'open', '(')) {
    const argument = deeper(cursor, parseBracket);
    return call(`apply ${name}`, ...(is.tuple(argument) ? argument.items : [argument]));
  }
  return make.symbol(name);
};

/** `F_{n-1}` is a sequence at an index; `x_1`, `x_{good}` are names. */
const parseIndexed = (cursor: Cursor, name: string): Expression | string => {
  const open = peekToken(cursor);
  if (isToken(open, 'open', '{')) {
    const content = cursor.tokens.slice(cursor.index + 1, cursor.index + 12);
    const close = content.findIndex((token) => isToken(token, 'close', '}'));
    const inner = content.slice(0, max(close, 0));
    const hasSign = inner.some((token) => token.kind === 'operator' && '+-'.includes(token.name));
    if (hasSign && inner.some((token) => token.kind === 'symbol')) {
      cursor.index++;
      const index = deeper(cursor, parseSum);
      expectToken(cursor, 'close', '}');
      return call(`apply ${name}_`, index);
    }
  }
  const subscript = readSubscript(cursor);
  // A lone index variable may be bound by a sum: F_k.
  if (/^[a-z]$/.test(subscript) && /^[A-Z]$/.test(name)) return call(`apply ${name}_`, make.symbol(subscript));
  return `${name}_${subscript}`;
};

const parseBars = (cursor: Cursor): Expression => {
  const bar = expectToken(cursor, 'operator');
  cursor.barDepth++;
  const inner = parseSum(cursor);
  cursor.barDepth--;
  expectToken(cursor, 'operator', bar.name);
  return call('abs', inner);
};

/** `\sin^2 x`, `\log_2(8)`, `\sin^{-1} a`, `\gcd(12, 18)`. */
const parseFunction = (cursor: Cursor): Expression => {
  let name = expectToken(cursor, 'function').name;
  let base: Expression | undefined;
  let exponent: Expression | undefined;
  for (;;) {
    if (!base && takeOperator(cursor, '_')) base = parseScript(cursor);
    else if (!exponent && takeOperator(cursor, '^')) exponent = parseScript(cursor);
    else break;
  }
  const isInvertible = /^(sin|cos|tan|cot|sec|csc|sinh|cosh|tanh)$/.test(name);
  if (isInvertible && is.number(exponent) && exponent.value.numerator === -1n) {
    name = `arc${name}`;
    exponent = undefined;
  }
  const operands = parseArguments(cursor);
  if (name === 'log' && base) {
    if ('name' in base && base.name === 'e') name = 'ln';
    else operands.push(base);
  }
  const result = call(name, ...operands);
  return exponent ? make.power(result, exponent) : result;
};

const parseScript = (cursor: Cursor): Expression => {
  if (isGroupNext(cursor)) return deeper(cursor, parseBracket);
  const isNegative = takeOperator(cursor, '-') !== undefined;
  const token = expectScript(cursor);
  const value = token.value ?? zero;
  if (token.kind === 'symbol') return make.symbol(token.name);
  if (token.kind === 'constant') return make.constant(token.name as 'e');
  return number(isNegative ? negate(value) : value);
};

const expectScript = (cursor: Cursor): Token => {
  const token = peekToken(cursor);
  if (!token || !['number', 'symbol', 'constant'].includes(token.kind)) throw parseFailure;
  cursor.index++;
  return token;
};

/** A bracket is the whole argument; without one, the factors that follow are: \sin 2x. */
const parseArguments = (cursor: Cursor): Expression[] => {
  if (isNext(cursor, 'open')) {
    const inner = deeper(cursor, parseBracket);
    if (is.tuple(inner) || is.list(inner) || is.set(inner)) return [...inner.items];
    return [inner];
  }
  const isNegative = takeOperator(cursor, '-') !== undefined;
  const argument = parseFactors(cursor, parsePower(cursor), (token) => isPlainFactor(cursor, token));
  return [isNegative ? make.minus(argument) : argument];
};

const isPlainFactor = (cursor: Cursor, token: Token): boolean =>
  token.kind !== 'function' &&
  token.kind !== 'open' &&
  startsFactor(cursor, token) &&
  !(token.kind === 'command' && token.name !== 'frac' && token.name !== 'sqrt');
