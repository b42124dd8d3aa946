import { call, type Expression, number } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import * as make from '../numbers/make.js';
import { parseRational, rational } from '../numbers/rational.js';
import { withBoundedWork, workExceeded } from '../numbers/work.js';
import { isCountedThing } from './counted-things.js';
import { type Cursor, isNext, isOperator, openCursor, parseFailure } from './cursor.js';
import { MAX_ANSWER_LENGTH, normalizeAnswer } from './normalize-text.js';
import { parseNumberWords } from './number-words.js';
import { parseMoment } from './parse-moment.js';
import { fitsBase } from './parse-number.js';
import { asList, parseItems } from './parse-structure.js';
import { parseWordValue } from './parse-word-value.js';
import type { AnswerPolicy } from './policies.js';
import { spellForms } from './spell-forms.js';
import { type CommaReading, tokenize } from './tokenize.js';
import { isUnitWord } from './units.js';
import { meaningOfWord } from './vocabulary.js';

/** What an answer was read as. */
export type ParsedAnswer = {
  /** The answer without delimiters, boxes and noise. */
  readonly text: string;
  /** The likeliest reading first; more where the text is ambiguous (`1,234`, `1/2x`). Never empty. */
  readonly readings: readonly Expression[];
  /** False when the answer is prose or could not be parsed as mathematics; its only reading is then its text. */
  readonly isMathematics: boolean;
};

/** Whether a bare answer reads as mathematics. */
export const isMathematics = (answer: string): boolean => parseAnswer(answer).isMathematics;

/** Reads a bare answer, LaTeX or plain. Never throws; time and memory are bounded whatever the text. */
export function parseAnswer(
  answer: string,
  { unbracedFractions = 'either' }: Partial<Pick<AnswerPolicy, 'unbracedFractions'>> = {},
): ParsedAnswer {
  const text = normalizeAnswer(answer);
  if (text.length > MAX_ANSWER_LENGTH || !text) return asText(text);
  if (smallInteger.test(text)) return { text, readings: [number(Number(text))], isMathematics: true };
  try {
    return withBoundedWork(() => parseNormalized(text, unbracedFractions));
  } catch (error) {
    if (error === workExceeded) return asText(text);
    throw error;
  }
}

const parseNormalized = (text: string, unbracedFractions: AnswerPolicy['unbracedFractions']): ParsedAnswer => {
  const written = spellForms(text);
  const special = parseMoment(text) ?? parseWhole(written);
  if (special) return { text, readings: [special], isMathematics: true };
  if (isPlainProse(text)) return asText(text);
  const [spelled = text, ...others] = spellFractions(written, unbracedFractions);
  const first = read(spelled);
  if (!first) return asText(text);
  const readings = [first.expression];
  const readAlso = (...how: Parameters<typeof read>): void => {
    const other = read(...how);
    if (other) readings.push(other.expression);
  };
  for (const other of others) readAlso(other);
  if (first.otherCommas && !isPoint.test(text)) readAlso(spelled, first.otherCommas);
  if (first.sawAmbiguousSlash) for (const isSlashGreedy of [true, false]) readAlso(spelled, 'natural', isSlashGreedy);
  const comma = parseDecimalComma(text);
  if (comma) readings.push(comma);
  return { text, readings, isMathematics: !is.text(first.expression) };
};

const smallInteger = /^-?\d{1,15}$/;

/** Numbers in brackets with commas alone are a point: (3,400) is no 3400. */
const isPoint = /[([]\s*-?\d+(\s*,\s*-?\d+)+\s*(\\right\s*)?[)\]]/;

const unbraced = /(\\[dtc]?frac)\s?(\d)(\d)(\d+)(?!\d)/g;

/** `\frac919` as people label it, 9/19, and as TeX reads it, 9/1 · 9; the writings that the policy allows. */
const spellFractions = (text: string, policy: AnswerPolicy['unbracedFractions']): string[] => {
  if (text.search(unbraced) < 0) return [text];
  const people = text.replace(unbraced, '$1{$2}{$3$4}');
  const tex = text.replace(unbraced, '$1{$2}{$3}\\cdot $4');
  return policy === 'tex' ? [tex] : policy === 'people' ? [people] : [people, tex];
};

const asText = (text: string): ParsedAnswer => ({ text, readings: [make.text(text)], isMathematics: false });

type Reading = { expression: Expression; otherCommas: CommaReading | undefined; sawAmbiguousSlash: boolean };

const read = (text: string, commas?: CommaReading, isSlashGreedy?: boolean): Reading | undefined => {
  const tokenized = tokenize(text, commas);
  if (!tokenized || tokenized.tokens.length === 0) return undefined;
  const cursor = openCursor(text, tokenized, isSlashGreedy);
  try {
    const expression = parseAll(cursor);
    return { expression, otherCommas: tokenized.otherCommas, sawAmbiguousSlash: cursor.sawAmbiguousSlash };
  } catch (error) {
    // A deep answer may also exhaust the stack of a small thread: both mean "no reading".
    if (error === parseFailure || error instanceof RangeError) return undefined;
    throw error;
  }
};

const parseAll = (cursor: Cursor): Expression => {
  // "x^2 = 4 ⇒ x = 2": what follows the last arrow is the answer.
  const arrow = cursor.tokens.findLastIndex((token) => isOperator(token, '⇒'));
  cursor.index = arrow + 1;
  const items = parseItems(cursor);
  if (cursor.index < cursor.tokens.length && !isNext(cursor, 'separator')) throw parseFailure;
  if (items.length === 0) throw parseFailure;
  return asList(items);
};

/** An answer that is one \text{…} or a few words: a number in words, or the same text as plain. */
const parseWhole = (text: string): Expression | undefined => {
  const inner = unwrapText(text);
  const inWords = parseNumberWords(inner);
  if (inWords) return number(inWords);
  const named = parseWordValue(inner) ?? parseForm(inner) ?? parseExcept(inner) ?? parseBasedWhole(inner);
  if (named) return named;
  const [, count = '', thing = ''] = /^([a-z-]+(?: [a-z-]+)?) ([a-z]{3,20}s)$/i.exec(inner) ?? [];
  const counted = parseNumberWords(count);
  if (counted && isCountedThing(thing)) return make.quantity(number(counted), thing);
  const ratio = /^(\d{1,9})\s*(?:to|\\text\s?\{\s?to\s?\})\s*(\d{1,9})$/.exec(inner);
  if (ratio) return make.ratio([number(Number(ratio[1])), number(Number(ratio[2]))]);
  if (inner === text) return undefined;
  if (/^\(?[A-Z]\)?$/.test(inner)) return make.symbol(inner.replace(/[()]/g, ''));
  return isPlainMathematics(inner) || insideText.test(inner) ? readExpression(inner) : undefined;
};

/** \text{1, 2}; \text{24 apples}, a number with its unit inside the words; \text{A, C, F}, a list of three. */
const insideText = /^([\d.,\s]+|[-+]?\d[\d,.]*(\s[A-Za-z]{2,20}){1,4}|\(?[A-Z]\)?((\s*,\s*|,?\s+and\s+)\(?[A-Z]\)?)+)$/;

/** "All integers of the form $4k+3$". */
const parseForm = (text: string): Expression | undefined => {
  const form =
    /^(?:all |any )?(?:the )?(?:positive |natural )?(?:integers?|numbers?|values?)(?: n)?(?: that are| which are)? of (?:the )?form \$?([^$,]{1,60}?)\$?(?:,? (?:where|for|with) .{1,60})?$/i.exec(
      text,
    )?.[1];
  const expression = form ? readExpression(form) : undefined;
  return expression && call('form', expression);
};

/** "All real numbers except 2 and 3". */
const parseExcept = (text: string): Expression | undefined => {
  const [, words, points] =
    /^(all (?:real (?:numbers?|x)|reals|integers)(?: x)?),? (?:except(?: for)?|other than|but not|excluding) \$?(?:x ?= ?)?([^$]{1,60})\$?$/i.exec(
      text,
    ) ?? [];
  const all = words ? parseWordValue(words) : undefined;
  const removed = points ? readExpression(points) : undefined;
  if (!all || !removed || is.text(removed)) return undefined;
  const items = is.list(removed) ? removed.items : is.set(removed) ? removed.items : [removed];
  return make.setOperation('difference', [all, make.set(items)]);
};

/** `FF_{16}`, `(1010)_2`: digits in a base that begin with a letter or stand in brackets. */
const parseBasedWhole = (text: string): Expression | undefined => {
  const [, bracketed, plain, subscript] =
    /^(?:\(([0-9A-Z]{1,200})\)|([A-Z][0-9A-Z]{0,200}))_\{?(\d{1,2})\}?$/.exec(text) ?? [];
  const digits = bracketed ?? plain;
  const base = Number(subscript);
  if (!digits || (plain && base <= 10) || !fitsBase(digits, base)) return undefined;
  return { kind: 'based', digits, base };
};

/** "red ball": words alone, none of them of a formula; short words would else be read as letters. */
const isPlainProse = (text: string): boolean => {
  if (!/^[A-Za-z]{2,20}( [A-Za-z]{2,20}){1,8}$/.test(text) || !/[A-Za-z]{4}/.test(text)) return false;
  return text.split(' ').every((word) => !meaningOfWord(word) && !isUnitWord(word));
};

/** Whether text is a formula in plain signs: it has a digit and no word but those of formulas. */
const isPlainMathematics = (text: string): boolean => {
  if (!/\d/.test(text) || text.includes('\\')) return false;
  return (
    (text.match(/[A-Za-z]{2,}/g) ?? []).every((word) => meaningOfWord(word) !== undefined) &&
    !/[A-Za-z]\s+[A-Za-z]/.test(text)
  );
};

const readExpression = (text: string): Expression | undefined => read(text)?.expression;

/** The content when all of the answer is one \text{…} (or \mbox, \textbf, …). */
export const unwrapText = (text: string): string => {
  const match = /^\\(?:text(?:bf|it|rm|sf|tt|normal)?|mbox|mathrm|mathbf|hbox|operatorname)\s*\{([^{}]*)\}$/.exec(text);
  return match?.[1] === undefined ? text : match[1].trim();
};

/** `2,74` for 2.74: two digits at least, and no thousands mark. `1,2` is always a list. */
const parseDecimalComma = (text: string): Expression | undefined => {
  const match = /^(-?\d+),(\d{2,})$/.exec(text);
  if (!match || (match[2]?.length === 3 && match[1] !== '0' && match[1] !== '-0')) return undefined;
  const value = parseRational(`${match[1]}.${match[2]}`);
  return number(value ?? rational(0), match[2]?.length);
};
