import { toHalfWidth } from '../../answers/extract/find-japanese.js';
import { equals, type Rational, rational } from '../../answers/numbers/rational.js';
import { parseUnit, type Unit } from '../../answers/parse/units.js';
import { findQuantities } from '../find-quantities.js';
import type { Numeral, Quantity } from '../quantities/quantity.js';
import { readDigits } from '../quantities/read-digits.js';
import { readWords } from '../quantities/read-words.js';

/**
 * Whether every quantity comes back and none is new; undefined where they do. `3/4` and `three quarters` are one number,
 * and so are `half` and `50%`. A number in digits may become a word and the other way round; a number that is a word on
 * both sides may go or come ("the two of them") but not become another one; a part ("a third of them") and a measure ("two hours") have to stay.
 * Units count where both sides name one that is known: 3 km are no 3 miles.
 */
export function compareQuantities(
  original: string,
  rephrased: string,
): 'quantities-changed' | 'units-changed' | undefined {
  const [before, after] = [readNumbers(original), readNumbers(rephrased)];
  if (!hasSameNumbers(before, after)) return 'quantities-changed';
  const isMoved = before.all.some(({ value, unit }) => {
    if (unit === undefined) return false;
    const units = after.all.flatMap((other) => (isSame(value, other.value) ? [other.unit] : []));
    return units.length > 0 && units.every((other) => other !== undefined && !isSameUnit(unit, other));
  });
  return isMoved || losesPercent(before, after) || losesPercent(after, before) ? 'units-changed' : undefined;
}

/** "8 percent" that became 8 of something; of "20 to 25 percent" the first bears no mark. */
function losesPercent(from: Numbers, to: Numbers): boolean {
  if (to.all.some(({ isPercent }) => isPercent)) return false;
  const told = (numbers: Numbers, value: Rational): boolean =>
    numbers.all.some((other) => !other.isPercent && isSame(value, other.value));
  return from.all.some(({ value, isPercent }) => isPercent && told(to, value) && !told(from, value));
}

type Read = { readonly value: Rational; readonly isPercent: boolean; readonly unit: Unit | undefined };
type Numbers = {
  readonly digits: readonly Read[];
  /** Whole numbers in words, and parts in words, that count something. */
  readonly words: readonly Read[];
  readonly parts: readonly Read[];
  /** Numbers and parts in words wherever they stand, and times without a number: "the other half" answers to "half of them", "all three" to "3 people". */
  readonly spoken: readonly Read[];
  readonly all: readonly Read[];
};

function hasSameNumbers(before: Numbers, after: Numbers): boolean {
  // what stands in digits on one side is in digits, a word or a part on the other
  const lost = without(without(before.digits, after.digits), [...after.words, ...after.spoken]);
  const fresh = without(without(after.digits, before.digits), [...before.words, ...before.spoken]);
  if (lost.length > 0 || fresh.length > 0) return false;
  const [lostDigits, freshDigits] = [without(before.digits, after.digits), without(after.digits, before.digits)];
  if (without(before.parts, [...after.spoken, ...freshDigits]).length > 0) return false;
  if (without(after.parts, [...before.spoken, ...lostDigits]).length > 0) return false;
  if (losesMeasure(before, after) || losesMeasure(after, before)) return false;
  if (losesCount(before, after) || losesCount(after, before)) return false;
  const [gone, come] = [without(before.words, freshDigits), without(after.words, lostDigits)];
  // "one" is a pronoun as often as a number
  const isNumber = ({ value }: Read): boolean => !equals(value, rational(1));
  return !without(gone, come).some(isNumber) || !without(come, gone).some(isNumber);
}

/** Whether a number in words that measures something ("two hours", not "two of them") is nowhere on the other side. */
function losesMeasure(from: Numbers, to: Numbers): boolean {
  const isSameMeasure = (one: Read, other: Read): boolean =>
    isSame(one.value, other.value) &&
    (one.unit === undefined || other.unit === undefined ? one.unit === other.unit : isSameUnit(one.unit, other.unit));
  // A number without a unit may be the measure said otherwise, unless it answers to such a number
  const free = without(to.all, from.all, isSameMeasure);
  return from.words.some(
    (read) =>
      read.unit !== undefined &&
      !equals(read.value, rational(1)) &&
      !to.all.some((other) => isSameMeasure(read, other)) &&
      !free.some((other) => isSameRead(read, other)),
  );
}

/** "Three friends" may be called by their names; nobody counts out sixty of something. */
function losesCount(from: Numbers, to: Numbers): boolean {
  const counted = [...to.all, ...to.spoken];
  return from.words.some(
    (read) =>
      read.value.numerator >= leastCount * read.value.denominator && !counted.some((other) => isSameRead(read, other)),
  );
}
const leastCount = 5n;

/** All numbers, those inside larger tokens too: "a 10-minute walk" may become "a walk of 10 minutes". */
function readNumbers(given: string): Numbers {
  // "An hour and a half" is one number
  const text = toHalfWidth(given).replace(/\b(?:an?|one) (\p{L}{3,}) and (?:a )?half\b/giu, '1.5 $1s');
  const read = (numeral: Pick<Numeral, 'span' | 'value'>): Read => ({
    value: toRational(numeral.value),
    isPercent: /^[\s-]?(?:\\?%|per ?cent(?:age)?\b)/.test(text.slice(numeral.span[1], numeral.span[1] + 10)),
    unit: unitAt(text, numeral.span),
  });
  const digits = [...readDigits(text)].map(read);
  const counted = findQuantities(text);
  const isWord = ({ kind, original }: Quantity): boolean => kind !== 'word-fraction' && !/\d/.test(original);
  const words = counted.filter(isWord).map(read);
  const parts = counted.filter(({ kind }) => kind === 'word-fraction').map(read);
  const spoken: Read[] = [...readWords(text, () => true)].map(read);
  for (const [value, word] of factorWords) {
    if (word.test(text)) spoken.push({ value: rational(value), isPercent: false, unit: undefined });
  }
  // "A week" is 7 days, and "half an hour" 30 minutes
  for (const [found] of text.matchAll(duration)) {
    const unit = parseUnit(/\w+$/.exec(found)?.[0] ?? '');
    spoken.push({ value: rational(1n, /^half/i.test(found) ? 2n : 1n), isPercent: false, unit });
  }
  return { digits, words, parts, spoken, all: [...digits, ...words, ...parts] };
}

/** "Triple the price" is 3 times the price. */
const factorWords = [
  [2n, /\b(?:twice|doubled?|doubles)\b/i],
  [3n, /\b(?:thrice|tripled?|triples)\b/i],
  [4n, /\b(?:quadrupled?|quadruples)\b/i],
  [12n, /(?<!\b(?:half|\d+|two|three|four|five|six|seven|eight|nine|ten)(?: an?)?[- ])\bdozen\b/i],
] as const;

const duration = /\b(?:half an|an?|one|per|each|every) (?:second|minute|hour|day|week|year)\b/gi;

function toRational(value: string): Rational {
  const [top = '0', bottom = '1'] = value.split('/');
  const [whole = '0', decimals = ''] = top.split('.');
  return rational(BigInt(`${whole}${decimals}` || '0'), 10n ** BigInt(decimals.length) * BigInt(bottom));
}

/** The known unit beside a number: `$5`, `5 km`, `a 10-minute walk`. */
function unitAt(text: string, [start, end]: readonly [number, number]): Unit | undefined {
  if (/[$]$/.test(text.slice(Math.max(0, start - 1), start))) return parseUnit('dollar');
  const after = text.slice(end, end + 30);
  if (/^\s?(?:\\?%|per ?cent\b)/.test(after)) return undefined;
  const word = /^[\s-]?((?:square|cubic) )?(\p{L}{2,}|[lmg](?=[\s,.?]))\b/u.exec(after);
  return word === null ? undefined : parseUnit(`${word[1] ?? ''}${word[2] ?? ''}`);
}

const isSameUnit = (one: Unit, other: Unit): boolean =>
  one.dimension === other.dimension && equals(one.factor, other.factor);
const isSame = (one: Rational, other: Rational): boolean => equals(one, other);

/** `half` is `50%`, two weeks are 14 days. */
function isSameRead(one: Read, other: Read): boolean {
  if (isSame(one.value, other.value) || isSameTime(one, other)) return true;
  const scaled = (read: Read): Rational =>
    read.isPercent ? rational(read.value.numerator, read.value.denominator * 100n) : read.value;
  return one.isPercent !== other.isPercent && isSame(scaled(one), scaled(other));
}

function isSameTime({ value, unit }: Read, other: Read): boolean {
  if (unit?.dimension !== 'time^1' || other.unit?.dimension !== 'time^1') return false;
  const [left, right] = [
    [value, unit.factor],
    [other.value, other.unit.factor],
  ] as const;
  const seconds = ([amount, { numerator, denominator }]: readonly [Rational, Rational]): Rational =>
    rational(amount.numerator * numerator, amount.denominator * denominator);
  return equals(seconds(left), seconds(right));
}

/** What is left of a list when each item of another one has taken one away. */
function without(list: readonly Read[], other: readonly Read[], isEqual = isSameRead): readonly Read[] {
  const left = [...other];
  return list.filter((item) => {
    const at = left.findIndex((each) => isEqual(item, each));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
