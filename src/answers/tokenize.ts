import { closingBrace } from './normalize-text.js';
import { type Rational, rational } from './rational.js';
import { isUnitWord } from './units.js';
import { meaningOfCommand, meaningOfWord, type TokenKind } from './vocabulary.js';

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

/** Splits a normalised answer into tokens; undefined when it has too many or a sign that no answer uses. Linear time. */
export function tokenize(
  text: string,
  { commas = 'natural' }: { commas?: CommaReading } = {},
): TokenizeResult | undefined {
  const tokens: Token[] = [];
  const grouping = chooseGrouping(text, commas);
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
    if (code <= 32 || character === '~' || character === '&') {
      if (character === '&') push('operator', '&', index + 1);
      else {
        spaced = true;
        index++;
      }
    } else if (isDigit(code) || (character === '.' && isDigit(text.charCodeAt(index + 1)))) {
      const read = readNumber(text, index, depth > 0 ? grouping.inside : grouping.outside);
      if (read.isAmbiguous && commas === 'natural') otherCommas = depth > 0 ? 'thousands' : 'separators';
      push('number', read.digits, read.end, { value: read.value, decimalPlaces: read.decimalPlaces });
    } else if (isLetter(code)) {
      const end = endOfLetters(text, index);
      pushWord(text, index, end, tokens, push);
    } else if (character === '\\') {
      const next = text[index + 1] ?? '';
      if (isLetter(text.charCodeAt(index + 1))) {
        if (!pushCommand(text, index, tokens, push, skip)) return undefined;
      } else if ('{}'.includes(next) && next !== '') {
        depth += next === '{' ? 1 : -1;
        push(next === '{' ? 'open' : 'close', 'set', index + 2);
      } else if (next === '$') push('currency', '$', index + 2);
      else if (next === '%') push('operator', '%', index + 2);
      else if (next === '|') push('operator', '‖', index + 2);
      else if (next === '\\') push('operator', 'row', index + 2);
      else if (',;:! >\n'.includes(next)) {
        spaced = true;
        index += 2;
      } else if ('()[]'.includes(next)) index += 2;
      else if (next === '#' || next === '&' || next === '_') index += 2;
      else push('operator', '∖', index + 1);
    } else {
      const pair = text.slice(index, index + 2);
      const relation = pairRelations[pair];
      if (relation) push('relation', relation, index + 2);
      else if (character === '$') {
        if (isMoney) push('currency', '$', index + 1);
        else {
          spaced = true;
          index++;
        }
      } else if (character === '.' && text.startsWith('..', index + 1)) {
        push('symbol', '…', index + 3);
      } else if (character === '*' && text[index + 1] === '*') {
        push('operator', '^', index + 2);
      } else {
        const kind = signs[character];
        if (kind === undefined) return undefined;
        if (kind === 'open') depth++;
        if (kind === 'close') depth--;
        // A lone TeX group is no bracket to a comma: {,} is handled in numbers, {1,3} is a list.
        push(kind, signNames[character] ?? character, index + 1);
      }
    }
  }
  return { tokens, otherCommas };
}

const pairRelations: Readonly<Record<string, string>> = {
  '<=': '≤',
  '>=': '≥',
  '!=': '≠',
  '==': '=',
  '=<': '≤',
  ':=': '=',
  '=>': '≥',
  '->': '→',
};
const signs: Readonly<Record<string, TokenKind>> = {
  '+': 'operator',
  '-': 'operator',
  '*': 'operator',
  '/': 'operator',
  '^': 'operator',
  _: 'operator',
  '!': 'operator',
  "'": 'operator',
  '%': 'operator',
  '|': 'operator',
  ':': 'operator',
  '=': 'relation',
  '<': 'relation',
  '>': 'relation',
  '(': 'open',
  '[': 'open',
  '{': 'open',
  ')': 'close',
  ']': 'close',
  '}': 'close',
  ',': 'separator',
  ';': 'separator',
  '€': 'currency',
  '£': 'currency',
  '¢': 'text',
};
const signNames: Readonly<Record<string, string>> = { '¢': 'cents' };

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

function endOfLetters(text: string, start: number): number {
  let end = start;
  while (isLetter(text.charCodeAt(end))) end++;
  return end;
}

type Grouping = { readonly outside: boolean; readonly inside: boolean };

/** `(1,000, 2,000)` separates with ", " and so may group with ","; `(1,000)` may not. */
function chooseGrouping(text: string, commas: CommaReading): Grouping {
  if (commas === 'thousands') return { outside: true, inside: true };
  if (commas === 'separators') return { outside: false, inside: false };
  return { outside: true, inside: text.includes(', ') };
}

function hasOddDollar(text: string): boolean {
  let count = 0;
  for (let index = text.indexOf('$'); index >= 0; index = text.indexOf('$', index + 1))
    if (text[index - 1] !== '\\') count++;
  return count % 2 === 1;
}

const wholeDigits = /\d+/y;
const explicitGroups = /(?:\s?(?:\{\s?,\s?\}|,\s?\\!|\\[,;: !]|~)\s?\d{3})+(?!\d)/y;
const commaGroups = /(?:,\d{3})+(?![\d,]*\d)/y;
const spaceGroups = /(?: \d{3})+(?!\s*[\d/])/y;
const decimals = /\.\d+|\.(?![.\d\w])/y;
const exponent = /[eE][+-]?\d{1,4}(?![\d.\p{L}_^])/uy;

type NumberRead = {
  readonly digits: string;
  readonly value: Rational;
  readonly decimalPlaces: number;
  readonly end: number;
  readonly isAmbiguous: boolean;
};

function readNumber(text: string, start: number, mayGroup: boolean): NumberRead {
  let end = start;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = end;
    const found = pattern.exec(text)?.[0] ?? '';
    end += found.length;
    return found;
  };
  let whole = take(wholeDigits);
  let isAmbiguous = false;
  if (whole.length > 0 && whole.length <= 3 && whole !== '0') {
    const explicit = take(explicitGroups);
    const plain = explicit === '' && text[end] === ',' ? peek(commaGroups, text, end) : '';
    isAmbiguous = plain !== '';
    const groups = explicit || (mayGroup ? plain : '') || (text[end] === ' ' ? peek(spaceGroups, text, end) : '');
    if (!explicit) end += groups.length;
    whole += groups.replace(/\D/g, '');
  }
  const fraction = take(decimals);
  const scale = take(exponent);
  const places = Math.max(fraction.length - 1, 0);
  const digits = BigInt(whole + fraction.slice(1) || '0');
  const shift = Number(scale.slice(1) || '0') - places;
  const value =
    shift === 0
      ? rational(digits)
      : shift > 0
        ? rational(digits * 10n ** BigInt(shift))
        : rational(digits, 10n ** BigInt(-shift));
  return { digits: text.slice(start, end), value, decimalPlaces: places, end, isAmbiguous };
}

function peek(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

type Push = (kind: TokenKind, name: string, end: number, extra?: Partial<Token>) => void;

/** A run of plain letters: a function or constant by name, a unit after a value, prose when long, else variables. */
function pushWord(text: string, start: number, end: number, tokens: readonly Token[], push: Push): void {
  const word = text.slice(start, end);
  if (word.length === 1) {
    pushLetter(word, end, tokens, text, push);
    return;
  }
  const previous = tokens[tokens.length - 1];
  const followsValue =
    previous !== undefined && (previous.kind === 'number' || previous.kind === 'close' || previous.kind === 'text');
  const isCalled = text[end] === '(' || text[end] === '{';
  if (followsValue && !isCalled && isUnitWord(word)) {
    push('text', word, end);
    return;
  }
  const meaning = meaningOfWord(word);
  if (meaning && !(word === 'times' && !followsValue)) {
    push(meaning[0], meaning[1], end);
    return;
  }
  const prefixed = word.length <= 6 ? /^(sqrt|sin|cos|tan|log|ln|pi)([a-z]?)$/.exec(word) : null;
  if (prefixed?.[1] !== undefined && prefixed[2] !== undefined) {
    const known = meaningOfWord(prefixed[1]);
    if (known) push(known[0], known[1], start + prefixed[1].length);
    push('symbol', prefixed[2], end);
    return;
  }
  // Three letters may be a product of variables; more are prose unless all are the same few variables.
  if (word.length >= 4 || prose.has(word.toLowerCase())) {
    push('text', word, end);
    return;
  }
  for (let index = start; index < end; index++) pushLetter(text[index] ?? '', index + 1, tokens, text, push);
}

const prose = new Set('yes no odd not all one two six ten few the is are of to per by for at day box'.split(' '));

function pushLetter(letter: string, end: number, tokens: readonly Token[], text: string, push: Push): void {
  // After a subscript sign or in "i_1" the letters e and i are indices and names.
  const isName = tokens[tokens.length - 1]?.name === '_' || text[end] === '_';
  if (letter === 'e' && !isName) push('constant', 'e', end);
  else if (letter === 'i' && !isName) push('constant', 'i', end);
  else push('symbol', letter, end);
}

/** Returns false for a command that no answer uses; the whole answer is then compared as text. */
function pushCommand(
  text: string,
  start: number,
  tokens: readonly Token[],
  push: Push,
  skip: (end: number) => void,
): boolean {
  const nameEnd = endOfLetters(text, start + 1);
  const found = meaningOfCommand(text.slice(start + 1, nameEnd));
  if (!found) {
    push('symbol', text.slice(start, Math.min(nameEnd, start + 30)), nameEnd);
    return nameEnd - start <= 30;
  }
  const { meaning } = found;
  const end = start + 1 + found.length;
  if (meaning === 'ignored') skip(end);
  else if (meaning === 'text') return pushText(text, end, tokens, push, skip);
  else if (meaning === 'accent') push('command', 'accent', end);
  else if (meaning[0] === 'constant' && tokens[tokens.length - 1]?.name === '_') push('symbol', meaning[1], end);
  else push(meaning[0], meaning[1], end);
  return true;
}

function pushText(
  text: string,
  afterName: number,
  tokens: readonly Token[],
  push: Push,
  skip: (end: number) => void,
): boolean {
  let open = afterName;
  while (text[open] === ' ') open++;
  if (text[open] !== '{') {
    // "\text A" and "\mathrm e": one character.
    if (!isLetter(text.charCodeAt(open))) return false;
    pushLetter(text[open] ?? '', open + 1, tokens, text, push);
    return true;
  }
  const close = closingBrace(text, open);
  if (close < 0) return false;
  const content = text
    .slice(open + 1, close)
    .replace(/\s+/g, ' ')
    .trim();
  const meaning = meaningOfWord(content);
  if (content === '') skip(close + 1);
  else if (/^(?:,?\s*(?:and|or|and\/or|,|;)\s*)$/i.test(content))
    push('separator', /or/i.test(content) ? 'or' : /and/i.test(content) ? 'and' : content, close + 1);
  else if (meaning && meaning[0] !== 'separator') push(meaning[0], meaning[1], close + 1);
  else if (content.length === 1 && isLetter(content.charCodeAt(0)) && !followsNumber(tokens))
    pushLetter(content, close + 1, tokens, text, push);
  else if (/^[\d.,]+$/.test(content)) pushPlainNumber(content, close + 1, push);
  else push('text', content, close + 1);
  return true;
}

/** In "5\text{m}" the letter is a unit, in "\mathrm{e}^x" it is not. */
function followsNumber(tokens: readonly Token[]): boolean {
  const previous = tokens[tokens.length - 1];
  return previous?.kind === 'number' || previous?.kind === 'close';
}

function pushPlainNumber(content: string, end: number, push: Push): void {
  const read = readNumber(content, 0, true);
  if (read.end === content.length)
    push('number', read.digits, end, { value: read.value, decimalPlaces: read.decimalPlaces });
  else push('text', content, end);
}
