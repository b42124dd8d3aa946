import { type Expression, number } from '../numbers/expression.js';
import { parseRational, rational } from '../numbers/rational.js';
import { type Cursor, isNext, openCursor, parseFailure } from './cursor.js';
import { MAX_ANSWER_LENGTH, normalizeAnswer } from './normalize-text.js';
import { parseNumberWords } from './number-words.js';
import { parseItems } from './parse-structure.js';
import { type CommaReading, tokenize } from './tokenize.js';
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

/** Reads a bare answer, LaTeX or plain. Never throws; time and memory are bounded whatever the text. */
export function parseAnswer(answer: string): ParsedAnswer {
  const text = normalizeAnswer(answer);
  if (text.length > MAX_ANSWER_LENGTH || text === '') return asText(text);
  if (smallInteger.test(text)) return { text, readings: [number(Number(text))], isMathematics: true };
  const special = parseTime(text) ?? parseWhole(text);
  if (special) return { text, readings: [special], isMathematics: true };
  const first = read(text, 'natural', undefined);
  if (!first) return asText(text);
  const readings = [first.expression];
  if (first.otherCommas) pushReading(readings, read(text, first.otherCommas, undefined)?.expression);
  if (first.sawAmbiguousSlash) {
    pushReading(readings, read(text, 'natural', true)?.expression);
    pushReading(readings, read(text, 'natural', false)?.expression);
  }
  const comma = parseDecimalComma(text);
  if (comma) readings.push(comma);
  return { text, readings, isMathematics: first.expression.kind !== 'text' };
}

const smallInteger = /^-?\d{1,15}$/;

function asText(text: string): ParsedAnswer {
  return { text, readings: [{ kind: 'text', text }], isMathematics: false };
}

function pushReading(readings: Expression[], reading: Expression | undefined): void {
  if (reading) readings.push(reading);
}

type Reading = { expression: Expression; otherCommas: CommaReading | undefined; sawAmbiguousSlash: boolean };

function read(text: string, commas: CommaReading, isSlashGreedy: boolean | undefined): Reading | undefined {
  const tokenized = tokenize(text, { commas });
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
}

function parseAll(cursor: Cursor): Expression {
  // "x^2 = 4 ⇒ x = 2": what follows the last arrow is the answer.
  const arrow = cursor.tokens.findLastIndex((token) => token.kind === 'operator' && token.name === '⇒');
  cursor.index = arrow + 1;
  const items = parseItems(cursor);
  if (cursor.index < cursor.tokens.length && !isNext(cursor, 'separator')) throw parseFailure;
  const [only] = items;
  if (!only) throw parseFailure;
  return items.length === 1 ? only : { kind: 'list', items };
}

const clock = /^(\d{1,2}):([0-5]\d)\s*(?:([ap])\.?\s?m\.?)?$|^(\d{1,2})\s*([ap])\.?\s?m\.?$/i;

function parseTime(text: string): Expression | undefined {
  if (!/[:mM]/.test(text) || text.length > 60) return undefined;
  const match = clock.exec(
    unwrapText(text)
      .replace(/\\(?:text|mbox|mathrm)\s*\{\s*|\}/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  if (!match) return undefined;
  const hour = Number(match[1] ?? match[4]);
  const minute = Number(match[2] ?? 0);
  const letter = (match[3] ?? match[5])?.toLowerCase();
  // "3:10" may as well be a ratio; a time on its own needs a.m. or p.m. or an hour's form.
  if (hour > 24 || (letter === undefined && match[2] === undefined)) return undefined;
  return {
    kind: 'time',
    minutes: hour * 60 + minute,
    half: letter === undefined ? undefined : letter === 'a' ? 'am' : 'pm',
  };
}

/** An answer that is one \text{…} or a few words: a number in words, or the same text as plain. */
function parseWhole(text: string): Expression | undefined {
  const inner = unwrapText(text);
  const inWords = parseNumberWords(inner);
  if (inWords) return number(inWords);
  const ratio = /^(\d{1,9})\s*(?:to|\\text\s?\{\s?to\s?\})\s*(\d{1,9})$/.exec(inner);
  if (ratio) return { kind: 'ratio', parts: [number(Number(ratio[1])), number(Number(ratio[2]))] };
  if (inner !== text && /^[\d.,\s]+$/.test(inner)) return readExpression(inner);
  if (inner !== text && isPlainMathematics(inner)) return readExpression(inner);
  // \text{A, C, F} is a list of three.
  if (inner !== text && /^\(?[A-Z]\)?(?:(?:\s*,\s*|,?\s+and\s+)\(?[A-Z]\)?)+$/.test(inner))
    return readExpression(inner);
  if (inner !== text && /^\(?[A-Z]\)?$/.test(inner)) return { kind: 'symbol', name: inner.replace(/[()]/g, '') };
  return undefined;
}

/** Whether text is a formula in plain signs: it has a digit and no word but those of formulas. */
function isPlainMathematics(text: string): boolean {
  if (!/\d/.test(text) || text.includes('\\')) return false;
  return (
    (text.match(/[A-Za-z]{2,}/g) ?? []).every((word) => meaningOfWord(word) !== undefined) &&
    !/[A-Za-z]\s+[A-Za-z]/.test(text)
  );
}

function readExpression(text: string): Expression | undefined {
  return read(text, 'natural', undefined)?.expression;
}

/** The content when all of the answer is one \text{…} (or \mbox, \textbf, …). */
export function unwrapText(text: string): string {
  const match = /^\\(?:text(?:bf|it|rm|sf|tt|normal)?|mbox|mathrm|mathbf|hbox|operatorname)\s*\{([^{}]*)\}$/.exec(text);
  return match?.[1] === undefined ? text : match[1].trim();
}

/** `2,74` for 2.74: two digits at least, and no thousands mark. `1,2` is always a list. */
function parseDecimalComma(text: string): Expression | undefined {
  const match = /^(-?\d+),(\d{2,})$/.exec(text);
  if (!match || (match[2]?.length === 3 && match[1] !== '0' && match[1] !== '-0')) return undefined;
  const value = parseRational(`${match[1]}.${match[2]}`);
  return number(value ?? rational(0), match[2]?.length);
}
