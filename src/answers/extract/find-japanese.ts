import { numeralCharacters } from '../parse/japanese-numerals.js';
import { japaneseUnit } from '../parse/japanese-units.js';
import { parseAnswer } from '../parse/parse-answer.js';
import { japaneseLetter, stripSentence } from '../parse/spell-japanese.js';

/** Full-width digits, signs and Latin letters as ASCII, one for one, so that offsets stay; the text itself without any. */
export function toHalfWidth(text: string): string {
  return fullWidth.test(text)
    ? text.replace(/[\uff01-\uff5d\u2212\u3000]/g, (sign) =>
        sign === '\u3000' ? ' ' : sign === '\u2212' ? '-' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
      )
    : text;
}

const fullWidth = /[\uff01-\uff5d\u3000]/;

export const isJapanese = (text: string): boolean => japaneseLetter.test(text);

// Every repetition is bounded: a text of a million 答 must stay linear.
const phrase =
  /(?:最終的な|最終|求める|正しい)?(?:答え?|解答|正解|回答|結果|求める[^。\n、は：:]{1,20})\s{0,3}\*{0,2}(?:は|が|[:：=＝])[、,:：\s*]{0,6}|答え\s{1,3}(?=[\d$\\-])|[（(]答え?[）)]\s{0,3}/g;
const behind =
  /([^。.\n、,：:]{1,60}?)\s?が\s?(?:答え|正解|求める(?:値|答え|もの))(?:です|である|となる|となります|だ)?(?=[。.\n]|$)/g;

/**
 * The statement after the last 答えは, 答え：, 求める…は, or in front of the last が答えです. What cannot be read as an answer is returned
 * as it stands, to be compared as text: a number in 「12ではない」 is none. Undefined where nothing is said.
 */
export function findJapaneseStatement(text: string): string | undefined {
  let statement: string | undefined;
  let at = -1;
  for (const match of text.matchAll(phrase)) {
    const start = match.index + match[0].length;
    const found = firstSentence(text.slice(start, start + 1500));
    if (found === '' || asks.test(found)) continue;
    statement = found;
    at = start;
  }
  for (const match of text.matchAll(behind)) if (match.index > at) statement = match[1] ?? '';
  return statement === undefined ? undefined : (readStatement(statement) ?? statement);
}

/** What the last sentence concludes with ∴, よって, したがって or ゆえに, where that is an answer and nothing follows. */
export function findJapaneseConclusion(text: string): string | undefined {
  const tail = text.slice(-600).trimEnd();
  let start = -1;
  for (const match of tail.matchAll(/(?:∴|よって|したがって|従って|ゆえに|故に|以上より|以上から)[、,\s]{0,3}/g))
    start = match.index + match[0].length;
  if (start < 0) return undefined;
  const sentence = tail.slice(start);
  if (/[。\n](?!\s*$)/.test(sentence)) return undefined;
  return readStatement(firstSentence(sentence));
}

/** The last quantity of a text with its unit; undefined where it is a bound, a negation or an ordinal, or there is none. */
export function findJapaneseNumber(text: string): string | undefined {
  const tail = text.slice(-4000).trimEnd();
  if (/[?？]$|か。?$/.test(tail)) return undefined;
  const lastLine = tail.slice(tail.lastIndexOf('\n') + 1);
  const result = lastLine.slice(lastLine.lastIndexOf('=') + 1);
  const [first] = result === lastLine ? [] : result.matchAll(quantity);
  if (first !== undefined) return isBounded(first, result) ? undefined : first[0].trim();
  let last: RegExpMatchArray | undefined;
  for (const match of tail.matchAll(quantity)) last = match;
  return last === undefined || isBounded(last, tail) ? undefined : last[0].trim();
}

const scaled = `\\d[\\d,]{0,20}(?:\\.\\d+)?(?:[十百千万億兆][${numeralCharacters}]{0,12})?`;
const quantity = new RegExp(
  `(?:(?<![\\w.)\\]}])[-+]\\s?)?(?:[$€£¥]\\s?)?(?:(?:${scaled}\\s?と\\s?)?${scaled}\\s?分の\\s?${scaled}|${scaled}\\s?割(?:\\s?\\d+\\s?分)?(?:\\s?\\d+\\s?厘)?|${scaled}\\s?時間\\s?\\d+\\s?分(?:\\s?\\d+\\s?秒)?|${scaled}\\s?分\\s?\\d+\\s?秒|${scaled}(?:\\s?/\\s?\\d+)?(?:\\s?(?:\\\\?%|${japaneseUnit}))?)`,
  'g',
);
/** What makes of a number something else: 12以上, 12ではない, 12人目, 3角形. */
const bound =
  /^\s?(?:以上|以下|未満|以内|超|より|を[超下上]|では?な|じゃな|とは限ら|目|前|後|角|次|乗|生|で割|[をに](?:足|引|掛|かけ|加)|[〜～~])/;
const isBounded = (match: RegExpMatchArray, text: string): boolean => {
  const end = (match.index ?? 0) + match[0].length;
  return bound.test(text.slice(end, end + 8)) || /(?:第|[〜～~])\s?$/.test(text.slice(0, match.index ?? 0).slice(-3));
};

const asks = /(?:何|いくつ|いくら|どれ|どう)[^。\n]{0,12}$|[?？]\s*$/;

/** Up to the end of the first sentence or line; a full stop between digits ends nothing. */
function firstSentence(text: string): string {
  const line = text.trimStart().split('\n', 1)[0] ?? '';
  const stop = /。|．(?!\d)|\.(?=\s|$)|\*\*/.exec(line);
  return (stop === null ? line : line.slice(0, stop.index)).trim();
}

/** The answer in a statement: all of it, or what stands behind a はが、 that no number stands in front of. */
function readStatement(statement: string): string | undefined {
  // 「12ではなく15」: what counts stands behind.
  const corrected = statement.replace(/^.*では?なく[、,]?\s?/, '');
  const bare = stripSentence(corrected);
  if (bare === '') return undefined;
  if (/^\$[^$]+\$$/.test(bare)) return bare;
  if (parseAnswer(bare).isMathematics) return bare;
  let turns = 0;
  for (const { index, 0: mark } of bare.matchAll(/[はがで、,：:]/g)) {
    if (++turns > 6 || /[\d$\\]/.test(bare.slice(0, index))) return undefined;
    const part = bare.slice(index + mark.length).trim();
    if (part !== '' && parseAnswer(part).isMathematics) return part;
  }
  return undefined;
}
