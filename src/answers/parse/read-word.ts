import { min } from '../numbers/math.js';
import { closingBrace } from './normalize-text.js';
import { type NumberRead, readNumber } from './read-number.js';
import { squeeze } from './squeeze.js';
import type { Token } from './tokenize.js';
import { isUnitWord } from './units.js';
import { meaningOfCommand, meaningOfWord, type TokenKind } from './vocabulary.js';

/** Adds a token that starts where the tokenizer stands and ends at `end`. */
export type Push = (kind: TokenKind, name: string, end: number, extra?: Partial<Token>) => void;

/** A run of plain letters: a function or constant by name, a unit after a value, prose when long, else variables. */
export const pushWord = (
  text: string,
  start: number,
  end: number,
  tokens: readonly Token[],
  push: Push,
  skip: (end: number) => void,
): void => {
  const word = text.slice(start, end);
  if (word.length === 1) {
    pushLetter(word, end, tokens, text, push);
    return;
  }
  const previous = tokens.at(-1);
  const followsValue = followsNumber(tokens) || previous?.kind === 'text';
  if (previous?.kind === 'number' && previous.end === start && /^(st|nd|rd|th)$/.test(word)) {
    skip(end);
    return;
  }
  const isCalled = text[end] === '(' || text[end] === '{';
  if (followsValue && !isCalled && isUnitWord(word)) {
    push('text', word, end);
    return;
  }
  const meaning = meaningOfWord(word);
  if (meaning && (word !== 'times' || followsValue)) push(...meaning, end);
  // Behind a word a word goes on: "12 years old".
  else if (previous?.kind === 'text' && !isCalled) push('text', word, end);
  else if (/^(sqrt|sin|cos|tan|log|ln|pi)[a-z]$/.test(word)) {
    pushWord(text, start, end - 1, tokens, push, skip);
    push('symbol', text[end - 1] ?? '', end);
  }
  // Three letters may be a product of variables; more are prose unless all are the same few variables.
  else if (word.length >= 4 || prose.has(word.toLowerCase())) push('text', word, end);
  else for (let index = start; index < end; index++) pushLetter(text[index] ?? '', index + 1, tokens, text, push);
};

const prose = new Set('yes no odd not all one two six ten few the is are of to per by for at day box'.split(' '));

const pushLetter = (letter: string, end: number, tokens: readonly Token[], text: string, push: Push): void => {
  // After a subscript sign or in "i_1" the letters e and i are indices and names.
  const isName = tokens.at(-1)?.name === '_' || text[end] === '_';
  if (letter === 'e' && !isName) push('constant', 'e', end);
  else if (letter === 'i' && !isName) push('constant', 'i', end);
  else if (letter === 'U' && isBetweenSets(tokens, text, end)) push('operator', '∪', end);
  else push('symbol', letter, end);
};

/** "(0, 1) U (2, 3)": a U between brackets that hold a comma is a union. */
const isBetweenSets = (tokens: readonly Token[], text: string, end: number): boolean => {
  const before = tokens.at(-1);
  return before?.kind === 'close' && /^\s{0,3}(\\left)?\s?([([]|\\\{|\{)/.test(text.slice(end, end + 20));
};

/** Returns false for a command that no answer uses; the whole answer is then compared as text. */
export const pushCommand = (
  text: string,
  start: number,
  tokens: readonly Token[],
  push: Push,
  skip: (end: number) => void,
): boolean => {
  const nameEnd = endOfLetters(text, start + 1);
  const found = meaningOfCommand(text.slice(start + 1, nameEnd));
  if (!found && text.startsWith('\\not', start)) {
    const negated = /^\\not\s*(?:(=)|\\in(?![a-zA-Z]))/.exec(text.slice(start, start + 20));
    if (negated) push('relation', negated[1] ? '≠' : '∉', start + negated[0].length);
    return negated !== null;
  }
  if (!found) {
    push('symbol', text.slice(start, min(nameEnd, start + 30)), nameEnd);
    return nameEnd - start <= 30;
  }
  const { meaning } = found;
  const end = start + 1 + found.name.length;
  if (meaning === 'ignored') skip(end);
  else if (meaning === 'text') return pushText(text, end, tokens, push, skip, found.name);
  else if (meaning === 'accent') push('command', 'accent', end);
  else if (meaning[0] === 'constant' && tokens.at(-1)?.name === '_') push('symbol', meaning[1], end);
  else push(...meaning, end);
  return true;
};

const pushText = (
  text: string,
  afterName: number,
  tokens: readonly Token[],
  push: Push,
  skip: (end: number) => void,
  command: string,
): boolean => {
  const isBold = /^(mathbf|boldsymbol|bm)$/.test(command);
  const isOperator = /^(operatorname|mathrm)$/.test(command);
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
  const end = close + 1;
  const content = squeeze(text.slice(open + 1, close));
  const meaning = meaningOfWord(content) ?? (isOperator ? functionNamed(content) : undefined);
  if (!content) skip(end);
  else if (/^(,?\s*(and|or|and\/or|,|;)\s*)$/i.test(content))
    push('separator', /or/i.test(content) ? 'or' : /and/i.test(content) ? 'and' : content, end);
  else if (/^,?\s?(and|or)\s\S/i.test(content) && followsNumber(tokens)) {
    push('separator', /^,?\s?or/i.test(content) ? 'or' : 'and', end);
    push('text', content.replace(/^,?\s?(and|or)\s/i, ''), end);
  } else if (meaning && meaning[0] !== 'separator') push(...meaning, end);
  else if (content.length === 1 && isLetter(content.charCodeAt(0)) && (isBold || !followsNumber(tokens)))
    pushLetter(content, end, tokens, text, push);
  else if (/^[\d.,]+$/.test(content)) pushPlainNumber(content, end, push);
  else push('text', content, end);
  return true;
};

/** `\operatorname{Re}` and `\mathrm{Im}` are functions; the words Re and Im are not. */
const functionNamed = (content: string): readonly [TokenKind, string] | undefined => {
  const meaning = /^(Re|Im|arg|det|sgn|sign|conj)$/.test(content) ? content.replace('sign', 'sgn') : undefined;
  return meaning ? ['function', meaning] : undefined;
};

/** In "5\text{m}" the letter is a unit, in "\mathrm{e}^x" it is not. */
const followsNumber = (tokens: readonly Token[]): boolean => {
  const previous = tokens.at(-1);
  return previous?.kind === 'number' || previous?.kind === 'close';
};

const pushPlainNumber = (content: string, end: number, push: Push): void => {
  const read = readNumber(content, 0, true);
  if (read.end === content.length) pushNumber(read, end, push);
  else push('text', content, end);
};

export const pushNumber = ({ digits, value, decimalPlaces }: NumberRead, end: number, push: Push): void =>
  push('number', digits, end, { value, decimalPlaces });

export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

export const endOfLetters = (text: string, start: number): number => {
  let end = start;
  while (isLetter(text.charCodeAt(end))) end++;
  return end;
};
