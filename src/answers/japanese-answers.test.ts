import { describe, expect, it } from 'vitest';
import { isEquivalent } from './compare/is-equivalent.js';
import { extractAnswer } from './extract/extract-answer.js';
import { gradeResponse } from './grade/grade-response.js';

describe('isEquivalent() of answers in Japanese', () => {
  it.each([
    // Digits, signs and numerals
    ['120', '１２０', true],
    ['-3.5', '−３．５', true],
    ['1200', '１，２００', true],
    ['35\\%', '３５％', true],
    ['35\\%', '35パーセント', true],
    ['320', '三百二十', true],
    ['12000', '1万2千', true],
    ['12500', '一万二千五百円', true],
    ['120000000', '1億2000万', true],
    ['15000', '1.5万円', true],
    ['2026', '二〇二六年', true],
    ['10', '十', true],
    ['0', '零', true],
    ['0', 'ゼロ', true],
    ['\\frac{1}{2}', '二分の一', true],
    ['\\frac{2}{3}', '3分の2', true],
    ['\\frac{28}{5}', '5と5分の3', true],
    ['\\frac{1}{2}', '半分', true],
    ['0.35', '3割5分', true],
    ['35.2\\%', '3割5分2厘', true],
    // Units
    ['120', '120円', true],
    ['120円', '￥120', true],
    ['14', '14個です', true],
    ['14個', '14 個', true],
    ['5個', '五つ', true],
    ['3人', '3名', true],
    ['90分', '1.5時間', true],
    ['200分', '3時間20分', true],
    ['3時間20分', '200\\text{ minutes}', true],
    ['2.5', '2.5メートル', true],
    ['250cm', '2.5メートル', true],
    ['12\\text{ cm}^2', '12平方センチメートル', true],
    ['12\\text{ m}^2', '12㎡', true],
    ['60 km/h', '時速60km', true],
    ['30', '30度', true],
    ['30^\\circ', '三十度', true],
    ['\\frac{1}{3}', '\\frac{1}{3}時間', true],
    ['20\\text{ minutes}', '$\\frac{1}{3}$ 時間', true],
    ['3:30 p.m.', '午後3時30分', true],
    // LaTeX around Japanese, sentences, lists
    ['12', '\\boxed{12\\text{円}}', true],
    ['12', '\\text{12円}', true],
    ['12', '答えは12個です。', true],
    ['12', '答え：12', true],
    ['12', '約12人', true],
    ['2, 3', '2または3', true],
    ['x = 2, 3', 'x＝2、3', true],
    ['2, 3', 'x=2 または x=3', true],
    ['5, 6', '5と6', true],
    ['x \\ge 3', 'x≧3', true],
    ['火曜日', '火曜日です', true],
    ['\\mathbb{R}', 'すべての実数', true],
    // Near misses
    ['12', '12円ではない', false],
    ['12', '12人以上', false],
    ['12', '12未満', false],
    ['12', '12点満点', false],
    ['12', '12年前', false],
    ['12', '12か13', false],
    ['3', '三角形', false],
    ['3', '3角形', false],
    ['2', '二等辺三角形', false],
    ['1', '一次関数', false],
    ['10', '十円玉', false],
    ['2', '3分の2', false],
    ['3', '3分の2', false],
    ['\\frac{3}{2}', '3分の2', false],
    ['5', '3割5分', false],
    ['3', '3割', false],
    ['3.5', '3割5分', false],
    ['5分', '3割5分', false],
    ['20', '3時間20分', false],
    ['3.2', '3時間20分', false],
    ['2', '1万2千', false],
    ['12', '1万2千', false],
    ['12', '12千万百', false],
    ['123', '一二三', false],
    ['6', '一二三', false],
    ['302', '三百二十', false],
    ['-3', 'ー3', false],
    ['3', '1～3', false],
    ['13', '1～3', false],
    ['1234', '1、234', false],
    ['2', '2または3', false],
    ['5', '5と6', false],
    ['14個', '14人', false],
    ['120円', '120ドル', false],
    ['12\\text{ cm}^2', '12センチメートル', false],
    ['90分', '90秒', false],
    ['3', '3:30', false],
    ['火曜日', '水曜日', false],
    ['12', '第12', false],
    ['x>3', 'x≧3', false],
  ])('%j is answered by %j: %s', (gold, answer, expected) => {
    expect(isEquivalent(gold, answer).equivalent).toBe(expected);
  });
});

describe('extractAnswer() of texts in Japanese', () => {
  it.each([
    ['3×4＝12だから、答えは12個です。', '12個', 'answer-is'],
    ['式は 45-12=33 です。\n答え：33', '33', 'answer-is'],
    ['計算すると１２。\n答え　１２円', '12円', 'answer-is'],
    ['よって答えは、３２０円です。', '320円', 'answer-is'],
    ['最終的な答えは $\\frac{3}{4}$ です。', '$\\frac{3}{4}$', 'answer-is'],
    ['**答え：** 12円', '12円', 'answer-is'],
    ['求める確率は $\\frac{1}{3}$ である。', '$\\frac{1}{3}$', 'answer-is'],
    ['答えは x=2 または x=3 です。', 'x=2 または x=3', 'answer-is'],
    ['答えは12ではなく、15です。', '15', 'answer-is'],
    ['答えは全部で二十五人です。', '全部で二十五人', 'answer-is'],
    ['答えは火曜日です。', '火曜日です', 'answer-is'],
    ['答えは10です。見直すと、答えは18です。', '18', 'answer-is'],
    ['計算より、12円が答えです。', '12円', 'answer-is'],
    ['答えは何でしょうか。3+4=7 なので 7 です。', '7', 'number'],
    ['合計を求める。\n#### 12', '12', 'hashes'],
    ['計算すると \\boxed{12円} となる。', '12円', 'boxed'],
    ['$\\boxed{2}$ または $\\boxed{3}$', '2, 3', 'boxed'],
    ['120円', '120円', 'whole-text'],
    ['三百二十円です', '三百二十円です', 'whole-text'],
    ['よって **12円** である。', '12円', 'bold'],
    ['$a=2$ とおく。したがって、全部で12円である。', '全部で12円', 'conclusion'],
    ['$2x=6$ ∴ $x=3$', '$x=3$', 'conclusion'],
    ['3×4を計算する。よって全体の個数は十二個となる。', '十二個', 'conclusion'],
    ['合計は1万2千円になります', '1万2千円', 'number'],
    ['残りは3分の2です。', '3分の2', 'number'],
    ['かかる時間は合わせて3時間20分でした。', '3時間20分', 'number'],
    ['りんごは５個で、代金は６００円でした', '600円', 'number'],
    ['式は12×5＝60円', '60円', 'number'],
  ])('%j has the answer %j by %s', (text, answer, rule) => {
    expect(extractAnswer(text)).toEqual({ answer, rule });
  });
});

describe('gradeResponse() takes no near miss in Japanese for the answer', () => {
  it.each([
    ['12', '答えは12ではない。'],
    ['12', '答えは12ではありません。'],
    ['12', '答えは12以上です。'],
    ['12', '答えは12とは限らない。'],
    ['12', '最小値は12以上である。'],
    ['12', '答えは次のように求める。まず12を10に足して22'],
    ['4', '答えは3人と4人です。'],
    ['3', '答えは3個または4個です。'],
    ['2', '残りは3分の2です。'],
    ['2', '合計は1万2千円です。'],
    ['20', '3時間20分かかる。'],
    ['3', '答えは三角形です。'],
    ['3', '残るのは3角形'],
    ['5', '打率は3割5分です。'],
    ['10', '答えは十円玉です。'],
    ['7', '答えは第7問です。'],
    ['5', '答えはxが3、yが5です。'],
    ['12', '問題は12です。答えは分かりません。'],
    ['12', '<think>答えは12です。'],
    ['12', '答えは12ですか？'],
    ['12', '最後に12で割ると、余りが出る。'],
    ['12', '12乗です'],
    ['12', '答えは−12です。'],
    ['12', '答えは12の倍です。'],
    ['12', '求める値は12の倍数である。'],
    ['12', '答えは12人のうち5人です。'],
    ['12', '答えは12対3です。'],
    ['12', 'よって、12通りのうち5通りである。'],
  ])('%j is not said by %j', (gold, response) => {
    expect(gradeResponse({ gold, response }).equivalent).toBe(false);
  });

  it.each([
    ['12', '答えは12円です。'],
    ['計算して 3×4=12。答え：12個', '\\boxed{12}'],
    ['5', 'よって x＝５ である。'],
    ['12', '答えは12人であることがわかる。'],
    ['12', 'したがって、りんごは全部で12個あります。'],
    ['12', '【答え】12'],
    ['12', 'よって、答えは12cm²です。'],
    ['\\frac{3}{4}', '答えは四分の三です。'],
    ['12000', '合計は1万2千円です。'],
  ])('%j is said by %j', (gold, response) => {
    expect(gradeResponse({ gold, response }).equivalent).toBe(true);
  });

  it('reads a million signs of Japanese in a moment', () => {
    const start = performance.now();
    for (const piece of ['答えは', '答え：', 'よって、', '三百', '1万', '3分の', '求める', 'が答え', '～', '１２，'])
      extractAnswer(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
