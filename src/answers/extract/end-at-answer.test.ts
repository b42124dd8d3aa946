import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numbers/sample-points.js';
import { endAtAnswer, watchRunningOn } from './end-at-answer.js';

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
    ['#### $1,234.50 a year', '#### $1,234.50 a year\n\nProblem 2: A'],
    ['答え：7', '答え：7\n\n問題：りんごが'],
  ])('knows %s', (stated, text) => {
    expect(endAtAnswer(`3 + 4 = 7\n${text}`)?.text).toBe(`3 + 4 = 7\n${stated}`);
  });

  it.each([
    ['no answer stated', 'He has 3 apples and buys 4.\n\nQuestion: A shop'],
    ['nothing behind it', `${answer}\n`],
    ['more about it', `${answer}\nTo check this, subtract 4 from 7, which leaves the 3 that he had`],
    ['an answer that is not whole', 'So we have it.\nThe answer is: 1'],
    ['headings', '#### Step 1: Count\nHe has 3.\n#### Step 2: Add\n3 + 4'],
    ['numbered headings', '#### 1. Count\nHe has 3.\n#### 2. Add\n3 + 4'],
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

describe('watchRunningOn()', () => {
  /** The text in pieces, up to the one behind which nothing more is waited for. */
  const write = (text: string, sizes: () => number): string | undefined => {
    const runsOn = watchRunningOn();
    for (let length = sizes(); length < text.length; length += sizes()) {
      if (runsOn(text.slice(0, length))) return text.slice(0, length);
    }
    return runsOn(text) ? text : undefined;
  };
  const byOne = (text: string): string | undefined => write(text, () => 1);

  it.each([
    ['another question', '\n\nQuestion: A shop sells 12 pens.\nHow many'],
    ['two more answers', '\nThe answer is: 7\nThe answer is: 7\nThe'],
    ['signs alone for long', `\n${'$'.repeat(300)}`],
  ])('stops a text that goes on with %s', (_, rest) => {
    const stopped = byOne(answer + rest);
    expect(stopped?.length).toBeLessThan(answer.length + rest.length);
    expect(endAtAnswer(stopped ?? '')?.text).toBe(answer);
  });

  it.each([
    ['one more answer, with which it may end', `${answer}\nIn all the answer is: 12\n`],
    ['a closing formula', `${answer}\n\n$$3 + 4 = 7$$\n`],
    ['headings', '#### Step 1\n3\n#### Step 2\n4\n#### Step 3\n5\n#### Step 4\n'],
    ['a question in front of the answer', `Question: A shop\n${answer}\n`],
    ['an answer in a thought', `<think>\n${answer}\n\nQuestion: A shop\nThe</think>\nThe answer is: 8`],
    ['an answer behind a thought', `<think>\nSo 7.</think>\n${answer}\n\nQuestion: A shop\nThe`],
  ])('waits for the end of a text with %s', (_, text) => {
    expect(byOne(text)).toBeUndefined();
  });

  it('ends each text where it would have been ended behind the limit, however it comes', () => {
    const pieces = [
      '\nThe answer is: 7',
      '\n#### 12',
      '\n\nQuestion 2: A shop',
      '\nThen 3 + 4 = 7',
      '\n$$$',
      '\n',
      'The ',
      '答え：7\n',
    ];
    pieces.push(
      '$'.repeat(90),
      '\n## Problem:',
      '#### Step 2',
      ' answer',
      ' is: 4',
      'Q: ',
      '\n\n',
      '\n<|im_start|>user',
    );
    const random = seededRandom(7);
    const draw = (below: number): number => Math.floor(random() * below);
    let stopped = 0;
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 1 + draw(14) }, () => pieces[draw(pieces.length)]).join('');
      const early = write(text, () => 1 + draw(9));
      if (early === undefined) continue;
      stopped++;
      expect(endAtAnswer(early)?.text, text).toBe(endAtAnswer(text)?.text);
      expect(endAtAnswer(early), text).toBeDefined();
    }
    expect(stopped).toBeGreaterThan(300);
  });

  it('looks at each character once', () => {
    const text = `${answer}\nand so on `.padEnd(400_000, 'and so on ');
    const started = performance.now();
    expect(write(text, () => 4)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
