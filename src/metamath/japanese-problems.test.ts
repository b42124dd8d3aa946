import { describe, expect, it } from 'vitest';
import { findAskedSentence, splitSentences } from '../language/last-sentence.js';
import { checkRephrasing } from './check-rephrasing.js';
import { checkStatement } from './check-statement.js';
import { maskQuantities } from './mask-quantities.js';

describe('findAskedSentence() in Japanese', () => {
  it.each([
    ['りんごが12個あります。5人で同じ数ずつ分けると、1人分は何個ですか。', '1人分は何個ですか。'],
    ['1個120円のパンを3個買います。代金はいくらですか。', '代金はいくらですか。'],
    ['$x+5=12$ のとき、$x$ の値を求めなさい。ただし $x$ は整数とする。', '$x$ の値を求めなさい。'],
    ['角Aが50度、角Bが60度のとき、角Cの大きさを求めよ。', '角Cの大きさを求めよ。'],
    ['太郎は10歳です。花子は何歳？ 二人とも小学生です。', '花子は何歳？ '],
  ])('%j asks %j', (question, sentence) => {
    expect(findAskedSentence(question)?.sentence).toBe(sentence.trim());
  });

  it('splits at 。', () => {
    const text = '箱が3つあります。中は空です。';
    expect(splitSentences(text).map(([start, end]) => text.slice(start, end))).toEqual([
      '箱が3つあります。',
      '中は空です。',
    ]);
  });
});

describe('maskQuantities() in Japanese', () => {
  it.each([
    [
      'りんごが12個あります。5人で分けます。',
      ['りんごがx個あります。5人で分けます。', 'りんごが12個あります。x人で分けます。'],
    ],
    ['1個120円のパンを3個買います。', ['1個x円のパンを3個買います。', '1個120円のパンをx個買います。']],
    ['ある数に3を足すと20になります。', ['ある数にxを足すと20になります。', 'ある数に3を足すとxになります。']],
    ['長さ1.5mのひもが4本あります。', ['長さ1.5mのひもがx本あります。']],
    ['角Aが50度です。', ['角Aがx度です。']],
    // Pieces of something larger
    ['第3問は三角形の問題で、5角形ではない。', []],
    ['ケーキの3分の1を食べた。', []],
    ['人口は1万2千人です。', []],
    ['10時30分に着いた。', []],
    ['2010年に3年生だった。', []],
    ['打率は3割です。', []],
    // Full-width digits and numerals in kanji are left alone, not half masked
    ['りんごが１２個、みかんが三個あります。', []],
  ])('%j gives %j', (question, masked) => {
    expect(maskQuantities(question).map((mask) => mask.masked)).toEqual(masked);
  });
});

describe('checkRephrasing() and checkStatement() in Japanese', () => {
  const original = 'りんごが12個あります。5人で同じ数ずつ分けると、1人分は何個ですか。';
  it.each([
    ['12個のりんごを5人で等しく分けます。1人がもらえるのは何個ですか。', undefined],
    ['１２個のりんごを５人で等しく分けます。１人がもらえるのは何個でしょうか。', undefined],
    ['12個のりんごを6人で等しく分けます。1人がもらえるのは何個ですか。', 'quantities-changed'],
    ['12個のりんごを5人で等しく分けます。1人が同じ数をもらいます。', 'no-question'],
    [original, 'same-text'],
  ])('%j: %s', (rephrased, fault) => {
    expect(checkRephrasing({ original, rephrased })).toBe(fault);
  });

  it.each([
    ['代金は360円です。', undefined],
    ['代金は360円ですか。', 'still-asks'],
    ['代金はいくらですか？', 'still-asks'],
    ['代金は決まっています。', 'answer-missing'],
  ])('%j: %s', (statement, fault) => {
    expect(checkStatement({ statement, answer: '360', question: '代金はいくらですか。' })).toBe(fault);
  });
});
