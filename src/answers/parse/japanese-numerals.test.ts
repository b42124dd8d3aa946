import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { seededRandom } from '../numbers/sample-points.js';
import { parseJapaneseNumeral } from './japanese-numerals.js';

const digits = '〇一二三四五六七八九';

/** A whole number below 10^16 as it is written in kanji. */
function writeKanji(value: number): string {
  if (value === 0) return '〇';
  let text = '';
  for (const [size, name] of [
    [1e12, '兆'],
    [1e8, '億'],
    [1e4, '万'],
    [1, ''],
  ] as const) {
    const section = Math.floor(value / size) % 10_000;
    if (section > 0) text += writeSection(section) + name;
  }
  return text;
}

function writeSection(section: number): string {
  return [...'千百十 '].reduce((text, name, index) => {
    const digit = Math.floor(section / 10 ** (3 - index)) % 10;
    const isOne = digit === 1 && name !== ' ';
    return digit === 0 ? text : text + (isOne ? '' : digits[digit]) + name.trim();
  }, '');
}

describe('parseJapaneseNumeral()', () => {
  it('reads back every number that is written in kanji', () => {
    const random = seededRandom(1);
    const values = Array.from({ length: 3000 }, (_, index) =>
      index < 1200 ? index + 1 : Math.floor(random() * 10 ** (1 + Math.floor(random() * 15))) + 1,
    );
    for (const value of values)
      expect([writeKanji(value), parseJapaneseNumeral(writeKanji(value))?.numerator]).toEqual([
        writeKanji(value),
        BigInt(value),
      ]);
  });

  it.each([
    '',
    '一二三',
    '十百',
    '万',
    '百千',
    '三百250',
    '12千万百',
    '1万2万',
    '億',
    '二三百',
    '〇〇',
    '円',
    '1.5万2千',
    '一'.repeat(41),
  ])('%j is no numeral', (text) => {
    expect(parseJapaneseNumeral(text)).toBeUndefined();
  });

  it('takes no number for another one, whatever stands around it', () => {
    const random = seededRandom(2);
    const draw = (): number => Math.floor(random() * 10 ** (1 + Math.floor(random() * 5))) + 2;
    const right = ['{}個', '答えは{}円です。', '約{}人', '{}', '**{}冊**', '$${}$$ 本', '\\text{{}回}'];
    const wrong = [
      '{}個ではない',
      '{}人以上',
      '第{}',
      '{}角形',
      '{}未満',
      '{}年前',
      '{}円玉',
      '{}〜99999999',
      '{}人か0人',
      '{}割',
      '{}分の7',
    ];
    for (let turn = 0; turn < 400; turn++) {
      const [value, other] = [draw(), draw()];
      const written = turn % 2 === 0 ? writeKanji(value) : String(value);
      for (const template of right) {
        const answer = template.replace('{}', () => written);
        expect([answer, isEquivalent(String(value), answer).equivalent]).toEqual([answer, true]);
        expect([answer, isEquivalent(String(other), answer).equivalent]).toEqual([answer, other === value]);
      }
      for (const template of wrong) {
        const answer = template.replace('{}', () => written);
        expect([answer, isEquivalent(String(value), answer).equivalent]).toEqual([answer, false]);
      }
    }
  });
});
