import { parseNumberWords } from '../../answers/parse/number-words.js';
import type { Numeral } from './quantity.js';

const parts: Readonly<Record<string, number>> = {
  half: 2,
  halve: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  twelfth: 12,
  fifteenth: 15,
  sixteenth: 16,
  twentieth: 20,
  hundredth: 100,
  thousandth: 1000,
};

/** The names of parts but for the half, for a pattern. */
export const partNames = Object.keys(parts)
  .filter((name) => !name.startsWith('hal'))
  .join('|');

/** 4 for `quarters`. */
export function partSize(name: string): number {
  return parts[name.toLowerCase().replace(/s$/, '')] ?? 1;
}

const digit = 'one|two|three|four|five|six|seven|eight|nine';
const teen = 'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const ten = 'twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety';
// "forty two-liter bottles" are forty, "twenty five ounces" are 25
const below100 = `(?:(?:${ten})(?:(?:-(?:${digit})| (?:${digit})(?!-[a-z]))\\b)?|${teen}|${digit})\\b`;
const below1000 = `(?:${below100}[- ]hundred\\b(?:(?: and |[- ])${below100})?|${below100})`;
const whole = `(?:${below1000}(?:[- ](?:thousand|million|billion|trillion)\\b(?: (?:and )?${below1000})?){1,4}|${below1000})`;
const part = `half|${partNames.replace(/\|/g, 's?|')}s?`;
const scale = 'dozen|hundred|thousand|million|billion|trillion';

/** Numbers in words, the longest reading first. */
const phrases = new RegExp(
  `\\b(?:${[
    `(?<mixedWhole>${whole})[- ]and[- ](?:(?<mixedTop>${digit}|an?)[- ])?(?<mixedPart>${part})\\b`,
    `(?<halfScale>(?:a[- ])?half[- ](?:an?[- ])?(?<halved>${scale}))\\b`,
    `(?<top>an?|${whole})[- ](?<bottom>${part})\\b`,
    `an? (?<scale>${scale})\\b`,
    '(?<half>half(?: an?\\b)?)\\b',
    `(?<whole>${whole})`,
  ].join('|')})`,
  'giu',
);

/**
 * Every number in words that `accepts` lets pass, left to right: `twenty-one`, `a dozen`, `two and a half`, `a third`,
 * `half`. Where a long reading is refused ("two fifth graders", "three quarters and a dime") its first number is tried.
 */
export function* readWords(question: string, accepts: (numeral: Numeral) => boolean): Generator<Numeral> {
  phrases.lastIndex = 0;
  for (let found = phrases.exec(question); found; found = phrases.exec(question)) {
    let end = phrases.lastIndex;
    for (const numeral of readingsOf(found)) {
      end = numeral.span[1];
      if (!accepts(numeral)) continue;
      yield numeral;
      break;
    }
    phrases.lastIndex = Math.max(end, found.index + 1);
  }
}

function readingsOf({ 0: original, index, groups = {} }: RegExpExecArray): readonly Numeral[] {
  const first = groups.mixedWhole ?? groups.top;
  const readings = [toNumeral(original, index, valueOfGroups(groups))];
  if (first !== undefined)
    readings.push(toNumeral(first, index, /^an?$/i.test(first) ? undefined : valueOfGroups({ whole: first })));
  else if (groups.half !== undefined && groups.half.length > 4)
    readings.push(toNumeral(groups.half.slice(0, 4), index, '1/2'));
  return readings.filter((reading): reading is Numeral => reading !== undefined);
}

function toNumeral(original: string, start: number, value: string | undefined): Numeral | undefined {
  if (value === undefined) return undefined;
  const kind = value.includes('/') ? 'word-fraction' : 'word';
  return { span: [start, start + original.length], original, value, kind, isWord: true };
}

function valueOfGroups(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  if (groups.mixedWhole !== undefined) {
    const bottom = partSize(groups.mixedPart ?? '');
    const top = wordValue(groups.mixedTop ?? 'one');
    const whole = wordValue(groups.mixedWhole);
    return top === undefined || whole === undefined || top >= bottom ? undefined : `${whole * bottom + top}/${bottom}`;
  }
  if (groups.halved !== undefined) {
    const size = scaleOf(groups.halved);
    return size % 2 === 0 ? String(size / 2) : undefined;
  }
  if (groups.bottom !== undefined) {
    const top = wordValue(groups.top ?? '');
    return top === undefined ? undefined : `${top}/${partSize(groups.bottom)}`;
  }
  if (groups.scale !== undefined) return String(scaleOf(groups.scale));
  if (groups.half !== undefined) return '1/2';
  const value = wordValue(groups.whole ?? '');
  return value === undefined ? undefined : String(value);
}

function wordValue(words: string): number | undefined {
  if (/^an?$/i.test(words)) return 1;
  const value = parseNumberWords(words.toLowerCase().replace('fourty', 'forty'));
  return value === undefined || value.denominator !== 1n ? undefined : Number(value.numerator);
}

function scaleOf(word: string): number {
  if (word.toLowerCase() === 'dozen') return 12;
  return wordValue(`one ${word}`) ?? 1;
}
