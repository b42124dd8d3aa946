import { describe, expect, it } from 'vitest';
import { checkInstruction } from './draw/check-instruction.js';

describe('checkInstruction() of problems in Japanese', () => {
  it.each([
    // Whole problems
    ['太郎は鉛筆を3本持っています。4本買うと、全部で何本になりますか。', undefined],
    ['2次方程式 $x^2-5x+6=0$ を解きなさい。', undefined],
    ['三角形ABCで、AB=5、BC=6、角B=60度のとき、ACの長さを求めよ。', undefined],
    ['さいころを2回投げるとき、目の和が7になる確率を求めてください。ただし、答えは既約分数で表しなさい。', undefined],
    ['1から100までの整数のうち、3で割り切れるものはいくつありますか？', undefined],
    ['円周率を3.14とするとき、半径5cmの円の面積を求めなさい。答えは小数第1位まで求めること。', undefined],
    ['次の方程式を解け。$3x+7=22$', undefined],
    ['$n$ が自然数のとき、$n^3-n$ は6の倍数であることを証明せよ。', undefined],
    ['りんごが１２個あります。５人で分けると何個余りますか。', undefined],
    ['花子さんは毎分60mで歩きます。まず10分歩き、次に5分休みました。何m進みましたか。', undefined],
    // The assistant speaks
    ['もちろんです。次の問題を考えましょう。3+4はいくつですか。', 'assistant-voice'],
    ['はい、問題を出します。3本の鉛筆は何円ですか。', 'assistant-voice'],
    ['分かりました。5×6を計算しなさい。', 'assistant-voice'],
    ['こんにちは！数学のことなら何でもお手伝いします。3+4は？', 'assistant-voice'],
    ['以下は中学生向けの問題です。3x=9を解きなさい。', 'assistant-voice'],
    ['3の約数は何ですか。もちろんです。1と3です。', 'assistant-voice'],
    // The answer runs on
    ['3+4はいくつですか。答えは7です。', 'answer-bleed'],
    ['3+4を計算しなさい。\n解答：7', 'answer-bleed'],
    ['3+4を計算しなさい。\n【解説】3に4を足します。', 'answer-bleed'],
    ['方程式 $2x=6$ を解きなさい。まず両辺を2で割ると $x=3$ である。', 'answer-bleed'],
    ['$x^2=9$ を満たす $x$ を求めよ。よって $x=\\pm 3$。', 'answer-bleed'],
    ['3人で12個を分けると何個ですか。この問題を解くには、割り算を使います。', 'answer-bleed'],
    ['$2x=6$ を解け。∴ $x=3$', 'answer-bleed'],
    // Cut off
    ['次の方程式を解きなさい：', 'trailing-colon'],
    ['以下の条件を満たす3桁の整数をすべて求めよ:', 'trailing-colon'],
    ['次の方程式を解きなさい。', 'missing-givens'],
    ['次の値を求めよ。', 'missing-givens'],
    ['右の図で、角xの大きさは何度ですか。3点は円周上にあります。', 'missing-givens'],
    ['図のように、1辺が3cmの正方形があります。面積を求めなさい。', 'missing-givens'],
    // No problem
    ['三平方の定理を説明してください。', 'not-a-problem'],
    ['三角関数とは何ですか？', 'not-a-problem'],
    ['おすすめの数学の本を3冊教えてください。', 'not-a-problem'],
    ['Pythonで1から10まで足す関数を書いてください。結果はいくつですか。', 'not-a-problem'],
    ['太郎は鉛筆を3本持っています。', 'not-a-problem'],
    ['今日はいい天気ですね。', 'not-a-problem'],
    ['3+4はいくつですか。<|im_end|>', 'leaked-tokens'],
  ])('says of %j: %s', (text, fault) => {
    expect(checkInstruction({ text, finishReason: 'stop' })).toBe(fault);
  });

  it('reads long Japanese texts in a moment', () => {
    const start = performance.now();
    for (const piece of ['答えは', 'まず、', '求めよ。', '次の', '3つ、', 'とおくと'])
      checkInstruction({ text: piece.repeat(Math.floor(8000 / piece.length)), finishReason: 'stop' });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
