/**
 * The answer of a Japanese text: what it states (答えは…), what it concludes (よって…), its last quantity.
 *
 * @module
 */

import { numeralCharacters } from '../parse/japanese-numerals.js';
import { japaneseUnit } from '../parse/japanese-units.js';
import { isMathematics } from '../parse/parse-answer.js';
import { every, raw } from '../parse/pattern.js';
import { japaneseLetter, stripSentence } from '../parse/spell-japanese.js';
import { isDeniedAt } from './denials.js';
import { listPlainFormulas } from './find-plain-formula.js';
import { behindLastSign, endOf, firstLine, textBefore, textBehind } from './text-around.js';

/** Full-width digits, signs and Latin letters as ASCII, one for one, so that offsets stay; the text itself without any. */
export const toHalfWidth = (text: string): string =>
  fullWidth.test(text)
    ? text.replace(/[\uff01-\uff5d\u2212\u3000]/g, (sign) =>
        sign === '\u3000' ? ' ' : sign === '\u2212' ? '-' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
      )
    : text;

const fullWidth = /[\uff01-\uff5d\u3000]/;

export const isJapanese = (text: string): boolean => japaneseLetter.test(text);

// Every repetition is bounded: a text of a million 答 must stay linear.
const phrase =
  /(最終的な|最終|求める|正しい)?(答え?|解答|正解|回答|結果|求める[^。\n、は：:]{1,20})\s{0,3}\*{0,2}(は|が|[:：=＝])[、,:：\s*]{0,6}|答え\s{1,3}(?=[\d$\\-])|[（(]答え?[）)]\s{0,3}/g;
const behind =
  /([^。.\n、,：:]{1,60}?)\s?が\s?(?:答え|正解|求める(?:値|答え|もの))(?:です|である|となる|となります|だ)?(?=[。.\n]|$)/g;

/**
 * The statement after the last 答えは, 答え：, 求める…は, or in front of the last が答えです. What cannot be read as an answer is returned
 * as it stands, to be compared as text: a number in 「12ではない」 is none. Undefined where nothing is said.
 */
export const findJapaneseStatement = (text: string): string | undefined => {
  let statement: string | undefined;
  let at = -1;
  for (const match of text.matchAll(phrase)) {
    const start = endOf(match);
    const found = firstSentence(textBehind(text, start, 1500));
    if (!found || asks.test(found)) continue;
    statement = found;
    at = start;
  }
  for (const match of text.matchAll(behind)) if (match.index > at) statement = match[1] ?? '';
  return statement ? (readStatement(statement) ?? statement) : undefined;
};

/** What the last sentence concludes with ∴, よって, したがって or ゆえに, where that is an answer and nothing follows. */
export const findJapaneseConclusion = (text: string): string | undefined => {
  const tail = text.slice(-600).trimEnd();
  let start = -1;
  for (const match of tail.matchAll(/(?:∴|よって|したがって|従って|ゆえに|故に|以上より|以上から)[、,\s]{0,3}/g))
    start = endOf(match);
  if (start < 0) return undefined;
  const sentence = tail.slice(start);
  if (/[。\n](?!\s*$)/.test(sentence)) return undefined;
  return readStatement(firstSentence(sentence));
};

/** The last quantity of a text with its unit; undefined where it is a bound, a negation or an ordinal, or there is none. */
export const findJapaneseNumber = (text: string): string | undefined => {
  const tail = text.slice(-4000).trimEnd();
  if (/[?？]$|か。?$/.test(tail)) return undefined;
  const lastLine = behindLastSign(tail, '\n');
  if (doubted.test(lastLine)) return undefined;
  const whole = curve.exec(lastLine)?.[1] ?? assignments.exec(lastLine)?.[0].replace(/、|と(?=[a-z])/g, ', ');
  if (whole && isMathematics(whole)) return whole;
  const pair = twoValues.exec(lastLine);
  if (pair) return `${pair[1] ?? pair[3]}, ${pair[2] ?? pair[4]}`;
  const result = behindLastSign(lastLine, '=');
  const [first] = result === lastLine ? [] : result.matchAll(quantity);
  if (first) return isBounded(first, result) ? undefined : wholeOf(first, result);
  const last = [...tail.matchAll(quantity)].at(-1);
  return !last || isBounded(last, tail) ? undefined : wholeOf(last, tail);
};

/** The formula of which a number is a part (`5√2`, `8π`), else the number. */
const wholeOf = ({ 0: found, index }: RegExpExecArray, text: string): string => {
  const whole = listPlainFormulas(text).find(
    ({ start, end }) => start <= index && end >= index + found.trimEnd().length,
  );
  return whole?.text ?? found.trim().replaceAll('対', ':');
};

const scaled = raw`\d[\d,]{0,20}(\.\d+)?([十百千万億兆][${numeralCharacters}]{0,12})?`;
const quantity = every`\(-?\d[\d./]{0,12}(,\s?-?\d[\d./]{0,12}){1,4}\)|(?<![\d:])\d{1,6}(\s?[:対]\s?\d{1,6}){1,4}(?!分)|((?<![\w.)\]}])[-+]\s?)?([$€£¥]\s?)?((${scaled}\s?と\s?)?${scaled}\s?分の\s?${scaled}|${scaled}\s?割(\s?\d+\s?分)?(\s?\d+\s?厘)?|${scaled}\s?時間\s?\d+\s?分(\s?\d+\s?秒)?|${scaled}\s?分\s?\d+\s?秒|${scaled}(\s?/\s?\d+)?(\s?(\\?%|${japaneseUnit}))?)`;
const doubted =
  /かもしれ|(自信|確信)[がはも]|わか(ら|りませ)|分か(ら|りませ)|不明|矛盾|と仮定|(間違(?!い[なあ])|誤)[^。]*。?$/;
/** 「直線は3x-4y=12」: a curve; 「x=3、y=5」: several values. */
const curve =
  /(?:直線|平面|円|曲線|関数|方程式|放物線|楕円|双曲線)[^=\d]{0,20}?は[、\s]?([^=。、]{1,60}=[^=。、]{1,30}?)(?=です|である|だ|となる|。|$)/;
/** 「商は5、余りは8」, 「解は5と8」. */
const twoValues =
  /は\s?(-?\d[\d.]*)[^\d。、=で]{0,4}、(?!合計|全|答|和|差|積|よって|したがって)[^\d。、=]{1,12}は\s?(-?\d[\d.]*)(?![\d.π√^])|(?<![\d.])(\d+)と(\d+)(?=です|である|の[2二]つ|。|$)/;
const assignments = /[a-z]\s?=\s?-?\d[\d./]{0,12}((、|,\s?|と)[a-z]\s?=\s?-?\d[\d./]{0,12}){1,4}/;

/** What makes of a number something else: 12以上, 12ではない, 12人目, 3角形. */
const bound =
  /^\s?(以(上|外(?!(で|に)は?(な|あり)))|の(倍数|約数|半分|平方|\d|二乗|三乗)|と(すると|すれば|仮定)|だと(仮定|すると|すれば)|まで|は不適|以下|未満|以内|超|より|を[超下上]|目|前|後|角|次|乗|生|で割|[をに](足|引|掛|かけ|加)|[〜～~])/;
const isBounded = (match: RegExpExecArray, text: string): boolean => {
  const end = endOf(match);
  return (
    bound.test(textBehind(text, end, 8)) ||
    isDeniedAt(text, match.index, end) ||
    /(第|[〜～~])\s?$/.test(textBefore(text, match.index, 3))
  );
};

const asks = /(何|いくつ|いくら|どれ|どう)[^。\n]{0,12}$|[?？]\s*$/;

/** Up to the end of the first sentence or line; a full stop between digits ends nothing. */
const firstSentence = (text: string): string => {
  const line = firstLine(text);
  const stop = /。|．(?!\d)|\.(?=\s|$)|\*\*/.exec(line);
  return (stop === null ? line : line.slice(0, stop.index)).trim();
};

/** The answer in a statement: all of it, or what stands behind a はが、 that no number stands in front of. */
const readStatement = (statement: string): string | undefined => {
  // 「12ではなく15」: what counts stands behind.
  const corrected = statement.replace(/^.*(では?なく|[、,]\s?(いや|いえ|違う|もとい|訂正))[、,]?\s?/, '');
  const bare = stripSentence(corrected);
  if (!bare) return undefined;
  if (/^\$[^$]+\$$/.test(bare)) return bare;
  if (isMathematics(bare)) return bare;
  let turns = 0;
  for (const { index, 0: mark } of bare.matchAll(/[はがで、,：:]/g)) {
    if (++turns > 6 || /[\d$\\]/.test(bare.slice(0, index))) return undefined;
    const part = bare.slice(index + mark.length).trim();
    if (part && isMathematics(part)) return part;
  }
  return undefined;
};
