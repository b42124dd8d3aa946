import { multiply, parseRational, type Rational, rational } from '../numbers/rational.js';

const digits = '〇一二三四五六七八九';
const small: Readonly<Record<string, bigint>> = { 十: 10n, 百: 100n, 千: 1000n };
const large: Readonly<Record<string, bigint>> = { 万: 10n ** 4n, 億: 10n ** 8n, 兆: 10n ** 12n };

/** The characters of a numeral, to be put into a class: digits, kanji digits and the powers of ten. */
export const numeralCharacters = '0-9〇零一二三四五六七八九十百千万億兆';

/**
 * A Japanese numeral: `三百二十`, `1万2千`, `3千5百`, `1.5万`, `二〇二六`, or plain digits. Undefined for anything else, also for
 * kanji digits in a row without 〇 (`一二三`), which may be a list. The text has no thousands marks.
 */
export const parseJapaneseNumeral = (text: string): Rational | undefined => {
  if (!text || text.length > 40) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return parseRational(text);
  if (/^[〇零一二三四五六七八九]{2,}$/.test(text)) return readPlaces(text);
  const scaled = /^(\d+\.\d+)([十百千万億兆])$/.exec(text);
  if (scaled?.[1] && scaled[2]) {
    const value = parseRational(scaled[1]);
    return value && multiply(value, rational(small[scaled[2]] ?? large[scaled[2]] ?? 1n));
  }
  return readPowers(text);
};

/** Sections of four places, each with its power of ten thousand; powers fall from left to right. */
const readPowers = (text: string): Rational | undefined => {
  let total = 0n;
  let section: bigint | undefined;
  let pending: bigint | undefined;
  let lastSmall = 10000n;
  let lastLarge = 10n ** 16n;
  for (const [token] of text.matchAll(/\d+|\D/g)) {
    const smallPower = small[token];
    const largePower = large[token];
    if (smallPower) {
      if (smallPower >= lastSmall || (pending ?? 1n) > 9999n) return undefined;
      section = (section ?? 0n) + (pending ?? 1n) * smallPower;
      pending = undefined;
      lastSmall = smallPower;
    } else if (largePower) {
      const count = sum(section, pending);
      if (count === undefined || count > 9999n || largePower >= lastLarge) return undefined;
      total += count * largePower;
      section = undefined;
      pending = undefined;
      lastSmall = 10000n;
      lastLarge = largePower;
    } else {
      const value = digitValue(token);
      if (value === undefined || pending !== undefined) return undefined;
      // "3百25" is 325, "3百250" is nothing.
      if (value >= (section === undefined ? 10n ** 12n : lastSmall)) return undefined;
      pending = value;
    }
  }
  const rest = sum(section, pending);
  if (rest && total > 0n && rest > 9999n) return undefined;
  return rational(total + (rest ?? 0n));
};

const digitValue = (token: string): bigint | undefined => {
  if (/^\d+$/.test(token)) return BigInt(token);
  const value = digits.indexOf(token.replace('零', '〇'));
  return value < 0 || token.length !== 1 ? undefined : BigInt(value);
};

/** `二〇二六`: a digit in each place. */
const readPlaces = (text: string): Rational | undefined => {
  const places = [...text].map(digitValue).join('');
  return /[〇零]/.test(text) && !places.startsWith('0') ? rational(BigInt(places)) : undefined;
};

const sum = (left: bigint | undefined, right: bigint | undefined): bigint | undefined =>
  left === undefined && right === undefined ? undefined : (left ?? 0n) + (right ?? 0n);
