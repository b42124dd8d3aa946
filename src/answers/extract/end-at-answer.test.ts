import { describe, expect, it } from 'vitest';
import { endAtAnswer } from './end-at-answer.js';

const answer = 'He has 3 + 4 = 7 apples.\nThe answer is: 7';

describe('endAtAnswer(text)', () => {
  it.each([
    ['another question', '\n\nQuestion: A shop sells 12 pens. How'],
    ['another answer', '\nA store sells 120 * 48 = 480 clips.\nThe answer is: 564\nA store'],
    ['the same again and again', '\nThe answer is: 7\nThe answer is: 7\nThe'],
    ['signs alone', '\n$$$$$$$$$$$$$$$$$$$'],
    ['a turn of another', '\n<|im_start|>user\nTom'],
    ['a turn of Alpaca', '\n\n### Instruction:\nTom'],
  ])('ends a text that goes on with %s', (_, rest) => {
    expect(endAtAnswer(answer + rest)).toEqual({ text: answer, ranOn: rest.length });
  });

  it.each([
    ['#### 7', '#### 7\n\nProblem 2: A'],
    ['答え：7', '答え：7\n\n問題：りんごが'],
  ])('knows %s', (stated, text) => {
    expect(endAtAnswer(`3 + 4 = 7\n${text}`)?.text).toBe(`3 + 4 = 7\n${stated}`);
  });

  it.each([
    ['no answer stated', 'He has 3 apples and buys 4.\n\nQuestion: A shop'],
    ['nothing behind it', `${answer}\n`],
    ['more about it', `${answer}\nTo check this, subtract 4 from 7, which leaves the 3 that he had`],
    ['an answer that is not whole', 'So we have it.\nThe answer is: 1'],
    ['a box alone', 'It is \\boxed{7}.\n\nQuestion: A shop'],
  ])('leaves a text with %s', (_, text) => {
    expect(endAtAnswer(text)).toBeUndefined();
  });

  it('bounds its time on hostile text', () => {
    for (const piece of ['The answer is: \n', 'The answer is: 4 ', '\n#', '\n#### ', '\n    ', '\n*** ']) {
      expect(() => endAtAnswer(piece.repeat(100_000))).not.toThrow();
    }
  });
});
