import type { Numeral, QuantityKind } from './quantity.js';
import { partNames, partSize } from './read-words.js';

/** Ways to write a number in digits, the longest first. Named groups: whole, top, bottom. */
const forms: readonly (readonly [QuantityKind, RegExp])[] = [
  [
    'mixed',
    /(?<whole>\d{1,4})(?:\s|~|\\[,;: ])*\\[dtc]?frac\s*(?:\{\s*(?<top>\d+)\s*\}|(?<top1>\d))\s*(?:\{\s*(?<bottom>\d+)\s*\}|(?<bottom1>\d)(?!\d))/y,
  ],
  [
    'fraction',
    /\\[dtc]?frac\s*(?:\{\s*(?<top>\d+)\s*\}|(?<top1>\d))\s*(?:\{\s*(?<bottom>\d+)\s*\}|(?<bottom1>\d)(?!\d))/y,
  ],
  ['mixed', /(?<whole>\d{1,3})(?:[ \u00A0]|-| and )(?<top>\d+)[/⁄](?<bottom>\d+)(?:rds?|ths?|nds?|st)?/y],
  ['mixed', new RegExp(`(?<whole>\\d{1,3}) and (?:an?|one)[- ](?<part>half|${partNames})(?![a-z])`, 'y')],
  ['mixed', /(?<whole>\d{1,3})[ \u00A0]?(?<glyph>[¼½¾⅐-⅞])/y],
  ['fraction', /(?<glyph>[¼½¾⅐-⅞])/y],
  ['fraction', /(?<top>\d+)[/⁄](?<bottom>\d+)(?:rds?|ths?|nds?|st)?(?![a-z\d])/y],
  ['thousands', /\d{1,3}(?:(?:,|\{,\}|,\\!\s?|[\u00A0\u202F])\d{3})+(?!\d)(?:\.\d+)?/y],
  ['thousands', /\d{1,3}(?: 000)+(?!\d)/y],
  ['decimal', /\d*\.\d+/y],
  ['integer', /\d+/y],
];

/** Where a number in digits may begin. */
const starts = /\\[dtc]?frac(?![a-z])|[¼½¾⅐-⅞]|\.?\d/g;

/** Every number in digits, left to right; none overlaps another. */
export function* readDigits(question: string): Generator<Numeral> {
  starts.lastIndex = 0;
  for (let found = starts.exec(question); found; found = starts.exec(question)) {
    const numeral = readAt(question, found.index);
    if (numeral === undefined) continue;
    starts.lastIndex = numeral.span[1];
    yield numeral;
    // another question may have been looked through meanwhile
    starts.lastIndex = numeral.span[1];
  }
}

function readAt(question: string, start: number): Numeral | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = start;
    const found = form.exec(question);
    if (found === null) continue;
    const value = bareValue(found);
    if (value === undefined) continue;
    const [original] = found;
    if (kind === 'mixed' && isTwoNumbers(question, start + original.length, original)) continue;
    return { span: [start, start + original.length], original, value, kind, isWord: false };
  }
  return undefined;
}

/** "2 and 3/4 of them", "4 and a half of that": the second one is a share of something else. */
function isTwoNumbers(question: string, end: number, original: string): boolean {
  return / and /.test(original) && /^ (?:of|as)\b/.test(question.slice(end, end + 4));
}

function bareValue({ 0: text, groups = {} }: RegExpExecArray): string | undefined {
  const { whole = '0', glyph, part } = groups;
  const fraction = glyph ? glyphs[glyph] : part ? `1/${partSize(part)}` : undefined;
  const [top = groups.top ?? groups.top1, bottom = groups.bottom ?? groups.bottom1] = fraction?.split('/') ?? [];
  if (top === undefined || bottom === undefined) {
    const digits = text.replace(/[^\d.]/g, '');
    return digits.startsWith('.') ? `0${digits}` : digits;
  }
  if (Number(bottom) === 0) return undefined;
  if (groups.whole === undefined) return `${top}/${bottom}`;
  // "5 7/2" are two numbers, "2 1/2" is one
  if (Number(top) === 0 || Number(top) >= Number(bottom)) return undefined;
  return `${BigInt(whole) * BigInt(bottom) + BigInt(top)}/${bottom}`;
}

const glyphs: Readonly<Record<string, string>> = {
  '¼': '1/4',
  '½': '1/2',
  '¾': '3/4',
  '⅐': '1/7',
  '⅑': '1/9',
  '⅒': '1/10',
  '⅓': '1/3',
  '⅔': '2/3',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
};
