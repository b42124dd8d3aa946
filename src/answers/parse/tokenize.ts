import type { Rational } from '../numbers/rational.js';
import { readNumber } from './read-number.js';
import { readPairs } from './read-pairs.js';
import { endOfLetters, isLetter, pushCommand, pushNumber, pushWord } from './read-word.js';
import type { TokenKind } from './vocabulary.js';

export type Token = {
  readonly kind: TokenKind;
  /** The canonical name: `frac`, `≤`, `set`, the digits of a number, the words of a text. */
  readonly name: string;
  /** Whether white space stood before it. */
  readonly spaced: boolean;
  readonly start: number;
  readonly end: number;
  readonly value?: Rational;
  readonly decimalPlaces?: number;
};

/**
 * How `1,234` reads: as one number outside brackets and as two inside (`natural`), always as one (`thousands`), or
 * always as two (`separators`).
 */
export type CommaReading = 'natural' | 'thousands' | 'separators';

export type TokenizeResult = {
  readonly tokens: readonly Token[];
  /** The other reading of a comma that could be a thousands mark as well as a separator. */
  readonly otherCommas: CommaReading | undefined;
};

/** More tokens than this are no answer that anybody would parse. */
export const MAX_TOKEN_COUNT = 1500;

/** Splits a normalised answer into tokens, and decides whether `3,400` is one number or two; undefined when it has too many or a sign that no answer uses. Linear time. */
export const tokenize = (text: string, commas: CommaReading = 'natural'): TokenizeResult | undefined => {
  const tokens: Token[] = [];
  // `(1,000, 2,000)` separates with ", " and so may group with ","; `(1,000)` may not.
  const groupsInside = commas === 'thousands' || (commas === 'natural' && text.includes(', '));
  const isMoney = hasOddDollar(text);
  let otherCommas: CommaReading | undefined;
  let depth = 0;
  let spaced = false;
  let index = 0;

  const push = (kind: TokenKind, name: string, end: number, extra: Partial<Token> = {}): void => {
    tokens.push({ kind, name, spaced, start: index, end, ...extra });
    spaced = false;
    index = end;
  };

  const skip = (end: number): void => {
    spaced = true;
    index = end;
  };

  while (index < text.length) {
    if (tokens.length > MAX_TOKEN_COUNT) return undefined;
    const code = text.charCodeAt(index);
    const character = text[index] ?? '';
    if (code <= 32 || character === '~') skip(index + 1);
    else if (isDigit(code) || (character === '.' && isDigit(text.charCodeAt(index + 1)))) {
      const read = readNumber(text, index, depth > 0 ? groupsInside : commas !== 'separators');
      if (read.isAmbiguous && commas === 'natural') otherCommas = depth > 0 ? 'thousands' : 'separators';
      pushNumber(read, read.end, push);
    } else if (isLetter(code)) pushWord(text, index, endOfLetters(text, index), tokens, push, skip);
    else if (character === '\\') {
      const next = text[index + 1] ?? '';
      const escaped = escapes[next];
      if (isLetter(text.charCodeAt(index + 1))) {
        if (!pushCommand(text, index, tokens, push, skip)) return undefined;
      } else if (escaped) {
        depth += depthBehind(escaped[0]);
        push(...escaped, index + 2);
      } else if (',;:! >\n'.includes(next)) skip(index + 2);
      else if ('()[]#&_'.includes(next)) index += 2;
      else push('operator', '∖', index + 1);
    } else {
      const pair = text.slice(index, index + 2);
      // "5!=120" is a factorial, "x != 5" is not.
      const relation = pair === '!=' && !spaced ? undefined : pairRelations.get(pair);
      const kind = signs.get(character);
      if (relation) push('relation', relation, index + 2);
      else if (character === '$' && !isMoney) skip(index + 1);
      else if (text.startsWith('...', index)) push('symbol', '…', index + 3);
      else if (pair === '**') push('operator', '^', index + 2);
      else if (character === '¢') push('text', 'cents', index + 1);
      else if (kind) {
        // A lone TeX group is no bracket to a comma: {,} is handled in numbers, {1,3} is a list.
        depth += depthBehind(kind);
        push(kind, character, index + 1);
      } else return undefined;
    }
  }
  return { tokens, otherCommas };
};

const pairRelations = readPairs('<=:≤ >=:≥ !=:≠ ==:= =<:≤ :=:= =>:≥ ->:→');
const kinds: readonly (readonly [kind: TokenKind, signs: string])[] = [
  ['operator', "+-*/^_!'%|:&"],
  ['relation', '=<>'],
  ['open', '([{'],
  ['close', ')]}'],
  ['separator', ',;'],
  ['currency', '$€£¥'],
];
const signs = new Map(kinds.flatMap(([kind, written]) => [...written].map((sign) => [sign, kind] as const)));

/** What a backslash makes of the sign behind it. */
const escapes: Readonly<Record<string, readonly [kind: TokenKind, name: string]>> = {
  '{': ['open', 'set'],
  '}': ['close', 'set'],
  $: ['currency', '$'],
  '%': ['operator', '%'],
  '|': ['operator', '‖'],
  '\\': ['operator', 'row'],
};

const depthBehind = (kind: TokenKind): number => (kind === 'open' ? 1 : kind === 'close' ? -1 : 0);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const hasOddDollar = (text: string): boolean => {
  let count = 0;
  for (let index = text.indexOf('$'); index >= 0; index = text.indexOf('$', index + 1))
    if (text[index - 1] !== '\\') count++;
  return count % 2 === 1;
};
