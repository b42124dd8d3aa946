import { max } from '../numbers/math.js';
import { type Rational, rational } from '../numbers/rational.js';

const wholeDigits = /\d+/y;
const explicitGroups = /(\s?(\{\s?,\s?\}|,\s?\\!|\\[,;: !]|~)\s?\d{3})+(?!\d)/y;
const commaGroups = /(,\d{3})+(?![\d,]*\d)/y;
const spaceGroups = /( \d{3})+(?!\s*[\d/])/y;
const decimals = /\.\d+|\.(?![.\d\w])/y;
const exponent = /[eE][+-]?\d{1,4}(?![\d.\p{L}_^])/uy;

export type NumberRead = {
  readonly digits: string;
  readonly value: Rational;
  readonly decimalPlaces: number;
  readonly end: number;
  readonly isAmbiguous: boolean;
};

/** The number that starts at `start`: digits with thousands marks, decimals, an exponent of ten. */
export const readNumber = (text: string, start: number, mayGroup: boolean): NumberRead => {
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
    const plain = !explicit && text[end] === ',' ? peek(commaGroups, text, end) : '';
    isAmbiguous = plain !== '';
    const groups = explicit || (mayGroup ? plain : '') || (text[end] === ' ' ? peek(spaceGroups, text, end) : '');
    if (!explicit) end += groups.length;
    whole += groups.replace(/\D/g, '');
  }
  const fraction = take(decimals);
  const scale = take(exponent);
  const places = max(fraction.length - 1, 0);
  const digits = BigInt(whole + fraction.slice(1) || '0');
  const shift = Number(scale.slice(1) || '0') - places;
  const value =
    shift === 0
      ? rational(digits)
      : shift > 0
        ? rational(digits * 10n ** BigInt(shift))
        : rational(digits, 10n ** BigInt(-shift));
  return { digits: text.slice(start, end), value, decimalPlaces: places, end, isAmbiguous };
};

const peek = (pattern: RegExp, text: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
};
