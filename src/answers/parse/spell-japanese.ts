import {
  add,
  divide,
  isZero,
  multiply,
  type Rational,
  rational,
  toDecimalString,
  toLatex,
} from '../numbers/rational.js';
import { numeralCharacters, parseJapaneseNumeral } from './japanese-numerals.js';
import { japaneseUnit, japaneseUnitName, spellJapaneseUnit } from './japanese-units.js';
import { patternWith, raw } from './pattern.js';
import { readPairs } from './read-pairs.js';

/** Kana and kanji; what a text without them has no use for here. */
export const japaneseLetter = /[\u3041-\u30ff\u3005\u3007\u4e00-\u9fff]/;

/**
 * An answer in Japanese in the notation that everything downstream reads: `三百二十円` is `320 \text{yen}`, `3時間20分` is 200
 * minutes, `二分の一` is 1/2, `3割5分` is 35 %, `2または3` is a list. The signs are ASCII already. All or nothing: where a word
 * remains that is none of these (`12人以上`, `三角形`), the answer keeps its words and is compared as text, so that no part of it is
 * taken for the whole.
 */
export const spellJapanese = (answer: string): string => {
  const bare = stripSentence(answer);
  if (!japaneseLetter.test(bare) || bare.length > longest) return bare;
  const spelled = rewrite(
    bare
      .replace(/\\(?:text(?:rm|bf|normal|sf)?|mbox|mathrm|hbox)\s?\{([^{}\\]{0,60})\}/g, (all, inner: string) =>
        japaneseLetter.test(inner) ? ` ${inner.trim()} ` : all,
      )
      .replace(/(?<!\\)\$|\\[()[\]]/g, ' ')
      .replace(/\s+/g, ' '),
  );
  return japaneseLetter.test(spelled.replace(/\\text\{[^{}]*\}/g, '')) ? bare : spelled.trim();
};

const longest = 200;

/** Takes off what makes an answer a sentence: `答えは` in front, `です` behind. */
export const stripSentence = (text: string): string =>
  text
    .trim()
    .replace(leading, '')
    .replace(/[.。\s]+$/, '')
    .replace(ending, '')
    .trim();

const leading =
  /^((よって|したがって|従って|ゆえに|故に|つまり|以上より)[、,\s]{0,3})?(最終的な)?(答え?|解答|正解)\s{0,3}(は|[:：=])[、,\s:：]{0,3}/;
const ending =
  /\s{0,3}((である|になる|となる)こと(が|は)(わか|分か|求ま)(る|ります|った)|(だ)?と(わか|分か|求ま)(る|ります|った)|となります|となりました|になります|になりました|(だ|である)?と(思います|思う|考えられます|考えられる)|であります|でしょう|である|でした|となる|となった|になる|です|だ)$/;

const numeral = raw`[${numeralCharacters}]+(?:\.[0-9]+)?[十百千万億兆]?`;
/** A numeral that is not the end of a word or of a formula's number. */
const begin = raw`(?<![${numeralCharacters}.\p{L}])`;

/** The rewritings, in order: what is made of several numerals goes before what is made of one. */
const rewrite = (text: string): string => {
  const spelled = text
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/ゼロ/g, '0')
    .replace(/^\s*(約|およそ|ちょうど|全部で|合計)\s*/, '')
    .replace(/すべての実数|全ての実数/g, '\\mathbb{R}')
    .replace(/半分/g, '\\frac{1}{2}')
    .replace(fraction, (all, whole: string | undefined, bottom: string, top: string) => {
      const value = fractionValue(whole, bottom, top);
      return value ? ` ${toLatex(value)} ` : all;
    })
    .replace(/\s*(または|又は|もしくは|あるいは)\s*/g, ' or ')
    .replace(/\s*(および|及び|と)\s*/g, ', ')
    .replace(parts, (all, ...found: Numerals) => spellParts(found) ?? all)
    .replace(duration, (all, ...found: Numerals) => spellDuration(found) ?? all)
    .replace(
      clock,
      (_, half: string | undefined, hour: string, minute: string | undefined) =>
        `${hour}:${minute === '半' ? '30' : (minute ?? '0').replace('分', '').padStart(2, '0')}${!half ? '' : half === '午前' ? ' a.m.' : ' p.m.'}`,
    )
    .replace(
      speed,
      (_, per: string, value: string, unit: string) =>
        `${value} \\text{${spellJapaneseUnit(unit).slice(6, -1)} per ${perTime.get(per)}}`,
    )
    .replace(counted, (all, digits: string, unit: string | undefined) => {
      const value = parseJapaneseNumeral(digits);
      if (!value) return all;
      // Digits stay as they are written: how many decimals there are may matter.
      const written = /^[\d.]+$/.test(digits) ? digits : (toDecimalString(value) ?? toLatex(value));
      return `${written}${unit ? ` ${spellJapaneseUnit(unit)}` : ''}`;
    });
  return spelled.replace(afterFormula, (_, unit: string) => ` ${spellJapaneseUnit(unit)}`);
};

const inText = patternWith('gu');
const fraction = inText`${begin}(?:(${numeral})\s?と\s?)?(${numeral})\s?分の\s?(${numeral})`;
const parts = inText`${begin}(${numeral})\s?割(?:\s?(${numeral})\s?分)?(?:\s?(${numeral})\s?厘)?`;
const duration = inText`${begin}(?=${numeral}\s?(?:時間\s?(?:${numeral})|分\s?(?:${numeral})\s?秒))(?:(${numeral})\s?時間)?(?:\s?(${numeral})\s?分)?(?:\s?(${numeral})\s?秒)?`;
const clock = /(?<![\d.])(午前|午後)?\s?(\d{1,2})時(?!間)(\d{1,2}分|半)?/gu;
const speed = inText`(時速|分速|秒速|毎時|毎分|毎秒)\s?(\d+(?:\.\d+)?)\s?(${japaneseUnit})`;
const perTime = readPairs('時速,毎時:hour 分速,毎分:minute 秒速,毎秒:second');
const counted = inText`${begin}(${numeral})(?:\s?(${japaneseUnit})(?![\u3041-\u3067\u3069-\u30ff\u4e00-\u9fffA-Za-z]))?`;
const afterFormula = inText`(?<=[}a-z)])\s{0,3}(${japaneseUnitName})(?![\u3041-\u3067\u3069-\u30ff\u4e00-\u9fff}])`;

const fractionValue = (whole = '0', bottom: string, top: string): Rational | undefined => {
  const [under, over, count] = [bottom, top, whole].map(parseJapaneseNumeral);
  if (!under || !over || !count || isZero(under)) return undefined;
  return add(count, divide(over, under));
};

/** What the groups of a pattern hold, the largest first. */
type Numerals = readonly (string | undefined)[];

/** `3割5分2厘` is 35.2 percent. */
const spellParts = (found: Numerals): string | undefined =>
  spellSum(found, [rational(10), rational(1), rational(1, 10)], '\\%');

/** `3時間20分` is 200 minutes; with seconds all of it is seconds. */
const spellDuration = (found: Numerals): string | undefined => {
  const hasSeconds = found[2] !== undefined;
  const sizes = hasSeconds ? [rational(3600), rational(60), rational(1)] : [rational(60), rational(1), rational(0)];
  return spellSum(found, sizes, ` \\text{${hasSeconds ? 'seconds' : 'minutes'}}`);
};

const spellSum = (found: Numerals, sizes: readonly Rational[], unit: string): string | undefined => {
  let total = rational(0);
  for (const [index, size] of sizes.entries()) {
    const value = parseJapaneseNumeral(found[index] ?? '0');
    if (!value) return undefined;
    total = add(total, multiply(value, size));
  }
  return `${toDecimalString(total) ?? toLatex(total)}${unit}`;
};
