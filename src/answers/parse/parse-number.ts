import { type Expression, number } from '../numbers/expression.js';
import { add, divide, type Rational, rational } from '../numbers/rational.js';
import { type Cursor, expectToken, isNext, isOperator, isToken, parseFailure, peekToken } from './cursor.js';
import { smallNumbers } from './number-words.js';
import type { Token } from './tokenize.js';

/** A number with what belongs to it: a base (`152A_{11}`), repeating digits (`0.1\overline{6}`), a proper fraction (`3\frac{1}{8}`). */
export const parseNumber = (cursor: Cursor): Expression => {
  const based = parseBased(cursor);
  if (based) return based;
  const token = expectToken(cursor, 'number');
  const value = token.value ?? rational(0);
  return parseRepeating(cursor, token, value) ?? parseMixed(cursor, token, value) ?? number(value, token.decimalPlaces);
};

/** Digits and capital letters without a gap, then `_8` or `_{16}`. */
const parseBased = (cursor: Cursor): Expression | undefined => {
  let end = 1;
  for (let next = peekToken(cursor, end); next && !next.spaced && isDigitToken(next); next = peekToken(cursor, end))
    end++;
  if (!isOperator(peekToken(cursor, end), '_')) return undefined;
  const first = peekToken(cursor);
  const last = peekToken(cursor, end - 1);
  const hasBrace = peekToken(cursor, end + 1)?.name === '{';
  const baseToken = peekToken(cursor, end + (hasBrace ? 2 : 1));
  const base = readBase(baseToken?.name);
  if (!first || !last || (hasBrace && peekToken(cursor, end + 3)?.name !== '}')) throw parseFailure;
  const digits = cursor.text
    .slice(first.start, last.end)
    .replace(/[\s,{}!\\]/g, '')
    .toUpperCase();
  if (!fitsBase(digits.replace('.', ''), base)) throw parseFailure;
  cursor.index += end + (hasBrace ? 4 : 2);
  return { kind: 'based', digits: digits.replace(/^0+(?=[^.])/, ''), base };
};

/** Whether there is such a base, and all of these are digits of it. */
export const fitsBase = (digits: string, base: number): boolean =>
  base >= 2 && base <= 36 && [...digits].every((digit) => Number.parseInt(digit, 36) < base);

/** Of digits or a word; NaN for anything else. */
const readBase = (written = ''): number => {
  const word = smallNumbers.indexOf(written);
  return word < 0 ? Number(written || Number.NaN) : word;
};

const isDigitToken = (token: Token): boolean =>
  token.kind === 'number' || (token.kind === 'symbol' && /^[A-Z]$/.test(token.name));

/** `0.\overline{3}`, and `0.333\ldots` when the same digits stand at least twice, three of them at least. */
const parseRepeating = (cursor: Cursor, token: Token, value: Rational): Expression | undefined => {
  if (!token.name.includes('.')) return undefined;
  const places = token.decimalPlaces ?? 0;
  if (isNext(cursor, 'command', 'accent') && !peekToken(cursor)?.spaced) {
    const hasBrace = peekToken(cursor, 1)?.name === '{';
    const digits = peekToken(cursor, hasBrace ? 2 : 1);
    if (digits?.kind !== 'number' || !/^\d{1,60}$/.test(digits.name)) throw parseFailure;
    cursor.index += hasBrace ? 4 : 2;
    return number(add(value, repeatingTail(digits.name, places)));
  }
  if (!isNext(cursor, 'symbol', '…')) return undefined;
  const fraction = token.name.slice(token.name.indexOf('.') + 1);
  for (let period = 1; period <= fraction.length / 2; period++) {
    const block = fraction.slice(-period);
    if (fraction.length < 3 || !fraction.endsWith(block + block)) continue;
    cursor.index++;
    return number(add(value, repeatingTail(block, places)));
  }
  return undefined;
};

const repeatingTail = (digits: string, places: number): Rational =>
  divide(rational(BigInt(digits)), rational((10n ** BigInt(digits.length) - 1n) * 10n ** BigInt(places)));

/** `3\frac{1}{8}` and `3 1/8`: a whole number before a proper fraction of two whole numbers is their sum. */
const parseMixed = (cursor: Cursor, token: Token, value: Rational): Expression | undefined => {
  if (!isWhole(token)) return undefined;
  const fraction = fractionAhead(cursor);
  if (!fraction) return undefined;
  const [top, bottom, width, rest] = fraction;
  if (bottom === 0n || top === 0n || top >= bottom) return undefined;
  cursor.index += width;
  if (rest) cursor.tokens[--cursor.index] = rest;
  return number(add(value, rational(top, bottom)));
};

const isWhole = (token: Token | undefined): token is Token => token?.kind === 'number' && /^\d+$/.test(token.name);

/** Top, bottom and length in tokens of a plain fraction that starts here; `rest` is what `\frac123` leaves over. */
const fractionAhead = (cursor: Cursor): [top: bigint, bottom: bigint, width: number, rest?: Token] | undefined => {
  const first = peekToken(cursor);
  if (isWhole(first) && first.spaced && isOperator(peekToken(cursor, 1), '/')) {
    const bottom = peekToken(cursor, 2);
    return isWhole(bottom) ? [BigInt(first.name), BigInt(bottom.name), 3] : undefined;
  }
  if (!isToken(first, 'command', 'frac')) return undefined;
  let width = 1;
  const parts: bigint[] = [];
  while (parts.length < 2) {
    const token = peekToken(cursor, width);
    if (token?.name === '{') {
      const inner = peekToken(cursor, width + 1);
      if (!isWhole(inner) || peekToken(cursor, width + 2)?.name !== '}') return undefined;
      parts.push(BigInt(inner.name));
      width += 3;
    } else if (isWhole(token) && parts.length + token.name.length <= 2) {
      for (const digit of token.name) parts.push(BigInt(digit));
      width++;
    } else return undefined;
  }
  const [top, bottom] = parts;
  return top === undefined || bottom === undefined ? undefined : [top, bottom, width];
};
