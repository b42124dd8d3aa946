import { isCountingWord } from './quantities/is-counting-word.js';
import { isWholeToken } from './quantities/is-whole-token.js';
import { markRegions, type Regions } from './quantities/mark-regions.js';
import { namesSomething } from './quantities/names-something.js';
import type { Numeral, Quantity, QuantityKind } from './quantities/quantity.js';
import { readDigits } from './quantities/read-digits.js';
import { readWords } from './quantities/read-words.js';

export type { Quantity, QuantityKind } from './quantities/quantity.js';

/**
 * The quantities of a question, left to right: integers, decimals, thousands, fractions (`3/4`, `2 1/2`, `\frac{3}{4}`,
 * `½`), percents, money and numbers in words (`Five`, `twenty-one`, `a dozen`, `half`, `two-thirds`), in text and in math.
 * Sign, currency, percent sign and unit lie outside the span. No quantity is a piece of a larger token (`3x`, `2^{5}`,
 * `10:30`), a name (`Room 12`, `in 2010`), an ordinal, a pronoun (`each one`), or a point of a drawing.
 */
export function findQuantities(question: string): readonly Quantity[] {
  const regions = markRegions(question);
  const accepted: Numeral[] = [];
  for (const numeral of readDigits(question)) {
    if (
      !isOutside(numeral, regions) &&
      isWholeToken(question, numeral.span, regions) &&
      isClosedWell(question, numeral, regions) &&
      !namesSomething(question, numeral)
    ) {
      accepted.push(numeral);
    }
  }
  const counts = (numeral: Numeral): boolean =>
    !isOutside(numeral, regions) &&
    !regions.isMath(numeral.span[0]) &&
    isCountingWord(question, numeral) &&
    !namesSomething(question, numeral);
  for (const numeral of readWords(question, counts)) accepted.push(numeral);
  accepted.sort((left, right) => left.span[0] - right.span[0]);
  return withoutOverlaps(accepted).map(({ span, original, value, kind }) => ({
    span,
    original,
    value,
    kind: settingOf(question, span, regions) ?? kind,
  }));
}

function isOutside({ span: [start] }: Numeral, { isAside, isPattern }: Regions): boolean {
  return isAside(start) || isPattern(start);
}

/** `$5$th` is an ordinal and `$3$s` a plural, although the number is all of the formula. */
function isClosedWell(question: string, { span: [start, end] }: Numeral, { isMath }: Regions): boolean {
  if (!isMath(start)) return true;
  const before = question.slice(Math.max(0, start - 2), start);
  return !/^\$(?:\p{L}|['’]s|\^|_|-?th\b)/u.test(question.slice(end, end + 6)) && !/\p{L}\$$/u.test(before);
}

/** "2 and a half" is read from its digit; "half" in it is no second quantity. */
function withoutOverlaps(numerals: readonly Numeral[]): readonly Numeral[] {
  let end = 0;
  return numerals.filter(({ span }) => {
    if (span[0] < end) return false;
    end = span[1];
    return true;
  });
}

function settingOf(
  question: string,
  [start, end]: readonly [number, number],
  regions: Regions,
): QuantityKind | undefined {
  const after = question.slice(end, end + 16);
  if (/^[ \u00A0-]?(?:\\?%|per ?cent\b)/.test(after)) return 'percent';
  const before = question.slice(Math.max(0, start - 3), start);
  const isDollar = /\\\$ ?$/.test(before) || (/\$ ?$/.test(before) && !regions.isMath(start));
  if (isDollar || /[€£¥₹¢] ?$/.test(before)) return 'money';
  return /^(?: ?[¢€£]|[ -](?:dollars?|cents?|euros?|bucks|rupees?)\b)/.test(after) ? 'money' : undefined;
}
