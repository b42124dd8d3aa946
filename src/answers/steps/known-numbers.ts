import { add, divide, equals, type Rational, rational, subtract } from '../numbers/rational.js';
import { parseNumberWords } from '../parse/number-words.js';
import { readTokens, type StepToken } from './read-tokens.js';

/** Numbers that a solution may compute with, each with how often it was given or made. */
export type KnownNumbers = {
  readonly count: (value: Rational) => number;
  readonly learn: (value: Rational) => void;
};

/** What everybody knows: small numbers, hundreds, parts and what measures, coins and calendars are made of. */
const common = [
  ...[0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 24, 25, 28, 29, 30, 31, 32, 36, 48, 50, 52, 60],
  ...[64, 90, 100, 120, 128, 144, 168, 180, 200, 360, 365, 366, 1000, 1440, 1760, 3600, 5280, 1e4, 1e6, 1e9],
].map((value) => rational(value));
const commonParts = [2, 4, 10, 20, 100, 1000].map((bottom) => rational(1, bottom));
const commonDecimals = [rational(3, 4), rational(314, 100), rational(22, 7)];

/** Words of a question in a row that are looked at as one number. */
const mostWords = 5;

/**
 * The numbers of a question, in digits and in words, those that follow from them at once (a fifth less is 4/5, 20 % more is
 * 120 %, 75 cents are 0.75), and those that everybody knows. 1 is known as a term, not as a factor.
 */
export function knownNumbers(question: string): KnownNumbers {
  const counts = new Map<string, number>();
  const learn = (value: Rational): void => {
    const key = keyOf(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const given = [...digitsOf(question), ...wordsOf(question)];
  for (const value of given) learn(value);
  const [one, hundred] = [rational(1), rational(100)];
  for (const value of given) {
    const fromHundred = [subtract(hundred, value), add(hundred, value)];
    const scaled = [scale(value, 1n, 100n), scale(value, 100n, 1n)];
    for (const other of [...fromHundred, ...scaled, ...(value.denominator === 1n ? [] : around(value, one))])
      if (!counts.has(keyOf(other)) && !equals(other, one)) learn(other);
  }
  for (const value of [...common, ...commonParts, ...commonDecimals]) if (!counts.has(keyOf(value))) learn(value);
  return { count: (value) => counts.get(keyOf(value)) ?? 0, learn };
}

const around = (value: Rational, whole: Rational): readonly Rational[] => [
  subtract(whole, value),
  add(whole, value),
  rational(value.numerator),
  rational(value.denominator),
];
const scale = ({ numerator, denominator }: Rational, top: bigint, bottom: bigint): Rational =>
  rational(numerator * top, denominator * bottom);
const keyOf = ({ numerator, denominator }: Rational): string => `${numerator}/${denominator}`;

/** Numbers in digits; of `3/4` both numbers and the fraction, of `20%` the share and the number, of `31:21` both. */
function* digitsOf(question: string): Generator<Rational> {
  const tokens = readTokens(question.replace(/(\d)\s*:\s*(?=\d)/g, '$1 , '));
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'number') continue;
    yield token.value;
    if (token.isPercent) yield scale(token.value, 100n, 1n);
    const [slash, bottom] = [tokens[index + 1], tokens[index + 2]];
    const half = token.value.denominator === 1n && /^ and (?:a|one) half\b/.test(question.slice(token.end));
    if (half) yield add(token.value, rational(1, 2));
    const isFraction = slash?.kind === '/' && bottom?.kind === 'number' && bottom.value.numerator > 0n;
    if (isFraction && slash.start === token.end && bottom.start === slash.end)
      yield* mixed(tokens[index - 1], divide(token.value, bottom.value));
  }
}

/** A fraction, and with the whole number in front of it the two as one: 2 1/2. */
function mixed(before: StepToken | undefined, fraction: Rational): readonly Rational[] {
  const isWhole = before?.kind === 'number' && before.value.denominator === 1n;
  return isWhole ? [fraction, add(before.value, fraction)] : [fraction];
}

/** Numbers in words, every reading: of "two thirds" 2/3 and 2. */
function* wordsOf(question: string): Generator<Rational> {
  const words = question.toLowerCase().match(/\p{L}+/gu) ?? [];
  for (let start = 0; start < words.length; start++) {
    let before: string | undefined;
    for (let count = 1; count <= mostWords; count++) {
      const value = parseNumberWords(words.slice(start, start + count).join(' '));
      if (value === undefined || keyOf(value) === before) continue;
      before = keyOf(value);
      yield value;
    }
    const single = multiples[words[start] ?? ''];
    if (single !== undefined) yield single;
  }
}

const multiples: Readonly<Record<string, Rational>> = {
  half: rational(1, 2),
  twice: rational(2),
  double: rational(2),
  thrice: rational(3),
  triple: rational(3),
  third: rational(3),
  quarter: rational(1, 4),
  pair: rational(2),
  dozen: rational(12),
  single: rational(1),
  once: rational(1),
};
