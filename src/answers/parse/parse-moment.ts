import { type Expression, number } from '../numbers/expression.js';
import * as make from '../numbers/make.js';
import { add, divide, multiply, parseRational, type Rational, rational, subtract } from '../numbers/rational.js';
import { caseless, pattern, raw } from './pattern.js';
import { squeeze } from './squeeze.js';
import { parseUnit } from './units.js';

/** Answers whose form is not arithmetic: times of day, dates, and lengths of time or measures in two units. */
export const parseMoment = (text: string): Expression | undefined => {
  if (text.length > 80 || !/\d|noon|midnight/.test(text)) return undefined;
  const plain = squeeze(text.replace(/\\(?:text|mbox|mathrm)\s*\{([^{}]*)\}/g, ' $1 ').replace(/\\[,; :!]|~/g, ' '));
  return parseTime(plain) ?? parseDate(plain) ?? parseCompound(plain) ?? parseAngle(plain);
};

const clock =
  /^(?:at )?(\d{1,2})[:.]([0-5]\d)(?::00)?\s*(?:([ap])\.?\s?m\.?)$|^(?:at )?(\d{1,2}):([0-5]\d)(?::00)?(?:\s?(?:hrs?|hours|h|o'clock))?$|^(?:at )?(\d{1,2})\s*([ap])\.?\s?m\.?$/i;

const parseTime = (text: string): Expression | undefined => {
  const twelve = /^(?:12(?::00)? )?(?:(noon)|midnight)$/i.exec(text);
  if (twelve) return { kind: 'time', minutes: 720, half: twelve[1] ? 'pm' : 'am' };
  const match = clock.exec(
    text.replace(/ (?:in the )?(morning|afternoon|evening)$/i, (_, part: string) =>
      /morning/i.test(part) ? ' am' : ' pm',
    ),
  );
  if (!match) return undefined;
  const hour = Number(match[1] ?? match[4] ?? match[6]);
  const minute = Number(match[2] ?? match[5] ?? 0);
  const letter = (match[3] ?? match[7])?.toLowerCase();
  if (hour > 24 || (letter && (hour > 12 || hour === 0))) return undefined;
  return {
    kind: 'time',
    minutes: hour * 60 + minute,
    half: !letter ? undefined : letter === 'a' ? 'am' : 'pm',
  };
};

const months = 'january february march april may june july august september october november december'.split(' ');
/** The source of a pattern of one group: a month, whole or by its first three letters. */
export const monthName = raw`(${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\.?`;
const weekday = '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?';
const monthFirst = caseless`^${weekday}${monthName} (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$`;
const dayFirst = caseless`^${weekday}(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${monthName}(?:,? (\d{4}))?$`;
const numeric = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;

/** `July 4, 2024`, `4 July 2024`, `July 4th`, `2024-07-04`. Day and month in figures alone are ambiguous and stay what they are. */
const parseDate = (text: string): Expression | undefined => {
  const [, monthWord, firstDay, firstYear] = monthFirst.exec(text) ?? [];
  if (monthWord) return toDate(firstYear, monthOf(monthWord), firstDay);
  const [, secondDay, secondMonth, secondYear] = dayFirst.exec(text) ?? [];
  if (secondMonth) return toDate(secondYear, monthOf(secondMonth), secondDay);
  // Which figure is the month, nobody knows: such a date equals only itself, and is no quotient.
  if (/^\d{1,2}\/\d{1,2}\/(19|20)\d\d$/.test(text)) return make.text(text);
  const [, year, month, day] = numeric.exec(text) ?? [];
  return year ? toDate(year, Number(month), day) : undefined;
};

const monthOf = (word: string): number =>
  months.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3))) + 1;

const toDate = (year: string | undefined, month: number, dayOfMonth: string | undefined): Expression | undefined => {
  const day = Number(dayOfMonth);
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return { kind: 'date', year: year ? Number(year) : undefined, month, day };
};

const angle =
  /^(-?\d{1,4})\s?\^\s?\{?\\circ\s?\}?\s?(\d{1,2}(?:\.\d{1,12})?)\s?(?:'|\^\s?\{?\\prime\s?\}?)\s?(?:(\d{1,2}(?:\.\d{1,12})?)\s?(?:''|"|\^\s?\{?\\prime\s?\\prime\s?\}?))?$/;

/** Degrees, minutes and seconds of arc. */
const parseAngle = (text: string): Expression | undefined => {
  const [, degrees, minutes, seconds] = angle.exec(text) ?? [];
  if (!degrees) return undefined;
  const [whole, part, rest] = [degrees, minutes ?? '0', seconds ?? '0'].map(parseRational);
  if (!whole || !part || !rest) return undefined;
  const fraction = add(divide(part, rational(60)), divide(rest, rational(3600)));
  const isNegative = degrees.startsWith('-');
  return make.degrees(number(isNegative ? subtract(whole, fraction) : add(whole, fraction)));
};

const part = raw`(\d+(?:,\d{3})*(?:\.\d+)?(?: \d+\/\d+|\/\d+)?)\s?([A-Za-z]+)\.?`;
const compound = pattern`^(-?)${part}(?:,? and |, ?| )?${part}(?:(?:,? and |, ?| )?${part})?$`;
const feetAndInches = /^(\d+)\s?(?:'|′|ft\.?)\s?(\d+(?:\.\d+)?)\s?(?:"|''|″|in\.?)$/;

/** `1 hour 30 minutes`, `5 feet 6 inches`, `5 ft 6 in`, `2h 15m 30s`: falling units of one dimension, in the last one. */
const parseCompound = (text: string): Expression | undefined => {
  const feet = feetAndInches.exec(text);
  if (feet) return measure('', [feet[1] ?? '0', 'feet', feet[2] ?? '0', 'inches']);
  const match = compound.exec(text);
  return match ? measure(match[1] ?? '', match.slice(2)) : undefined;
};

const measure = (sign: string, found: readonly (string | undefined)[]): Expression | undefined => {
  const units = [found[1], found[3], found[5]].filter((name) => name !== undefined);
  const isTime = units.some((name) => /^(h|hr|hour)/i.test(name));
  let total: Rational | undefined;
  let last: { factor: Rational; dimension: string; name: string } | undefined;
  for (const [index, name] of units.entries()) {
    // Beside hours the m is a minute.
    const unitName = isTime && name === 'm' ? 'min' : name;
    const unit = parseUnit(unitName);
    const value = readMeasure(found[2 * index] ?? '');
    if (!unit || !value || (last && (unit.dimension !== last.dimension || !isSmaller(unit.factor, last.factor))))
      return undefined;
    const size = multiply(value, unit.factor);
    total = total ? add(total, size) : size;
    last = { ...unit, name: unitName };
  }
  if (!total || !last) return undefined;
  const value = divide(total, last.factor);
  const operand = number(value);
  return make.quantity(sign === '-' ? make.minus(operand) : operand, last.name);
};

const isSmaller = (left: Rational, right: Rational): boolean =>
  left.numerator * right.denominator < right.numerator * left.denominator;

const readMeasure = (text: string): Rational | undefined => {
  const [whole = '', fraction] = text.replaceAll(',', '').split(' ');
  const value = parseRational(whole);
  const rest = fraction ? parseRational(fraction) : undefined;
  return value && rest ? add(value, rest) : fraction ? undefined : value;
};
