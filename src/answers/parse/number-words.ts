import { add, divide, multiply, negate, type Rational, rational } from '../numbers/rational.js';
import { readPairs } from './read-pairs.js';

/** The words of 0 to 19. */
export const smallNumbers =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ' twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales = readPairs('thousand:3 million:6 billion:9 trillion:12');
/** One of so many parts, from two parts on: `halve` is what halves are without their s. */
export const partNames = 'halve third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const parts = new Map(partNames.map((name, index) => [name, index + 2])).set('half', 2).set('quarter', 4);

/** `twenty-three`, `one hundred and five`, `two thirds`, `minus four`; undefined for anything else. */
export const parseNumberWords = (text: string): Rational | undefined => {
  if (text.length > 120 || !/^[A-Za-z][A-Za-z\s-]*$/.test(text)) return undefined;
  let words = text.toLowerCase().split(/[\s-]+/);
  const isNegative = words[0] === 'minus' || words[0] === 'negative';
  if (isNegative) words = words.slice(1);
  const value = readDozens(words) ?? readFraction(words) ?? readWhole(words);
  return value && isNegative ? negate(value) : value;
};

/** A dozen, half a dozen, two dozen. */
const readDozens = (words: readonly string[]): Rational | undefined => {
  if (words.at(-1) !== 'dozen') return undefined;
  const before = words.slice(0, -1);
  const said = before.join(' ');
  const count = /^a?$/.test(said) ? rational(1) : said === 'half a' ? rational(1, 2) : readWhole(before);
  return count && multiply(count, rational(12));
};

/** Two thirds, a half, three and a quarter. */
const readFraction = (words: readonly string[]): Rational | undefined => {
  const last = words.at(-1)?.replace(/s$/, '') ?? '';
  const bottom = parts.get(last);
  if (!bottom) return undefined;
  const before = words.slice(0, -1);
  const and = before.lastIndexOf('and');
  const whole = and > 0 ? readWhole(before.slice(0, and)) : rational(0);
  const topWords = before.slice(and + 1);
  const top = topWords.length === 1 && topWords[0] === 'a' ? rational(1) : readWhole(topWords);
  return whole && top && add(whole, divide(top, rational(bottom)));
};

const readWhole = (words: readonly string[]): Rational | undefined => {
  if (words.length === 0) return undefined;
  let total = 0n;
  let group = 0n;
  let previous = '';
  for (const word of words) {
    const unit = smallNumbers.indexOf(word);
    const ten = tens.indexOf(word, 1);
    const scale = scales.get(word);
    const isBehindSmall = smallNumbers.includes(previous);
    const isBehindTens = tens.includes(previous, 1);
    if (unit >= 0) {
      if (isBehindSmall || (unit > 9 && isBehindTens)) return undefined;
      group += BigInt(unit);
    } else if (ten >= 0) {
      if (isBehindSmall || isBehindTens) return undefined;
      group += BigInt(ten * 10 + 10);
    } else if (word === 'hundred' && group > 0n && group < 100n) group *= 100n;
    else if (scale && group > 0n) {
      total += group * 10n ** BigInt(scale);
      group = 0n;
    } else if (word !== 'and' || !previous || previous === 'and') return undefined;
    previous = word;
  }
  return previous === 'and' ? undefined : rational(total + group);
};
