import { rational } from '../numbers/rational.js';
import type { Token, TokenizeResult } from './tokenize.js';
import type { TokenKind } from './vocabulary.js';

/** Where a parser stands, and what it may still spend. Every bound of the parser lives here. */
export type Cursor = {
  readonly text: string;
  readonly tokens: Token[];
  index: number;
  depth: number;
  /** > 0 between bars, where `|` closes. */
  barDepth: number;
  /** Whether a factor written after `a/b` belongs to b: `1/2x` has two readings. */
  readonly isSlashGreedy: boolean | undefined;
  /** Set when the text had a second reading of that kind. */
  sawAmbiguousSlash: boolean;
};

export const MAX_DEPTH = 80;

/** Thrown inside the parser only; one object for all, because making a stack trace costs more than a parse. */
export const parseFailure = new Error('Cannot parse the answer as mathematics');

export const openCursor = (text: string, { tokens }: TokenizeResult, isSlashGreedy: boolean | undefined): Cursor => ({
  text,
  tokens: [...tokens],
  index: 0,
  depth: 0,
  barDepth: 0,
  isSlashGreedy,
  sawAmbiguousSlash: false,
});

export const peekToken = (cursor: Cursor, ahead = 0): Token | undefined => cursor.tokens[cursor.index + ahead];

/** Whether a token is of a kind, and of a name where one is given. */
export const isToken = (token: Token | undefined, kind: TokenKind, name?: string): boolean =>
  token?.kind === kind && (!name || token.name === name);

export const isOperator = (token: Token | undefined, name: string): boolean => isToken(token, 'operator', name);

export const isNext = (cursor: Cursor, kind: TokenKind, name?: string): boolean =>
  isToken(peekToken(cursor), kind, name);

/** Whether a TeX group is next. */
export const isGroupNext = (cursor: Cursor): boolean => isNext(cursor, 'open', '{');

/** Consumes the next token when it is the one asked for. */
export const takeIf = (cursor: Cursor, kind: TokenKind, name?: string): Token | undefined => {
  const token = peekToken(cursor);
  if (!isToken(token, kind, name)) return undefined;
  cursor.index++;
  return token;
};

export const takeOperator = (cursor: Cursor, name: string): Token | undefined => takeIf(cursor, 'operator', name);

export const expectToken = (cursor: Cursor, kind: TokenKind, name?: string): Token => {
  const token = takeIf(cursor, kind, name);
  if (!token) throw parseFailure;
  return token;
};

/** Runs a nested parse one level deeper; fails past the bound instead of overflowing the stack. */
export const deeper = <T>(cursor: Cursor, parse: (cursor: Cursor) => T): T => {
  if (++cursor.depth > MAX_DEPTH) throw parseFailure;
  const result = parse(cursor);
  cursor.depth--;
  return result;
};

/** Takes the first digit of a number off, as TeX does with `\frac12`; the rest stays as the next token. */
export const takeSingleDigit = (cursor: Cursor): Token => {
  const token = expectToken(cursor, 'number');
  if (token.name.length === 1 || !/^\d+$/.test(token.name)) return token;
  const withDigits = (digits: string, place: Partial<Token>): Token => ({
    ...token,
    name: digits,
    value: rational(BigInt(digits)),
    ...place,
  });
  const start = token.start + 1;
  cursor.tokens[--cursor.index] = withDigits(token.name.slice(1), { start, spaced: false });
  return withDigits(token.name.slice(0, 1), { end: start });
};
