import { describe, expect, it } from 'vitest';
import { readDrawnText } from './read-drawn-text.js';

const read = (text: string, cutsAnswers = true) => readDrawnText(text, { finishReason: 'stop', cutsAnswers });

describe('readDrawnText()', () => {
  it.each([
    // How small real models begin to answer in the user's turn
    ['Q: What is 3 + 4?\nA: 7', 'What is 3 + 4?'],
    ['What is 3 + 4?\nAnswer: 7', 'What is 3 + 4?'],
    ['What is 3 + 4? Answer: 7', 'What is 3 + 4?'],
    ['What is 3 + 4?\nAnswer:\nThe sum is 7.', 'What is 3 + 4?'],
    ['What is 3 + 4?\n\nSolution: we add 3 and 4.', 'What is 3 + 4?'],
    ['What is 3 + 4?\n\n**Solution**\n\nWe add 3 and 4 and get \\boxed{7}.', 'What is 3 + 4?'],
    ['What is 3 + 4?\n\n**Solution:**\nWe add 3 and 4.', 'What is 3 + 4?'],
    ['What is 3 + 4?\n\n### Solution\n\nTo solve this, we add.', 'What is 3 + 4?'],
    ['What is 3 + 4?\n\n---\n\nTo solve this, we add.', 'What is 3 + 4?'],
    ['What is 3 + 4?\nStep 1: add 3 and 4.', 'What is 3 + 4?'],
    ['What is 3 + 4? To solve this problem, we add.', 'What is 3 + 4?'],
    ['What is 3 + 4? To solve the problem, let’s first recall what a sum is.', 'What is 3 + 4?'],
    ['Find 3 + 4. To find the sum, we add. Thus the answer is 7.', 'Find 3 + 4.'],
    ["What is 3 + 4? Let's break it down. 3 and 4 make 7.", 'What is 3 + 4?'],
    ['What is 3 + 4? First, we write down both numbers.', 'What is 3 + 4?'],
    ['What is 3 + 4? 7', 'What is 3 + 4?'],
    ['Q1: What is 3 + 4? A1: 7', 'What is 3 + 4?'],
    [
      'Tom has 3 pens and buys 4. How many pens has he? 3 + 4 = 7 pens.',
      'Tom has 3 pens and buys 4. How many pens has he?',
    ],
    ['If 2x = 8, what is x? x = 4', 'If 2x = 8, what is x?'],
    ['Find x if 2x = 8. Dividing both sides by 2 gives x = 4.', 'Find x if 2x = 8.'],
    ['What is 3 + 4?\n\\boxed{7}', 'What is 3 + 4?'],
    ['What is 3 + 4?\n#### 7', 'What is 3 + 4?'],
    ['Is 91 a prime number? No, it is 7 times 13.', 'Is 91 a prime number?'],
    ['What is 3 + 7? A) 10 B) 12 C) 14 Correct: A', 'What is 3 + 7? A) 10 B) 12 C) 14'],
    ['What is 3 + 4?\nA: 5\nB: 6\nC: 7\nAnswer: C', 'What is 3 + 4?\nA: 5\nB: 6\nC: 7'],
    ['What is 3 + 4?\nA. 5\nB. 7\nThe correct answer is B.', 'What is 3 + 4?\nA. 5\nB. 7'],
    [
      'Prove that there are infinitely many primes. To prove this, we assume that there are finitely many.',
      'Prove that there are infinitely many primes.',
    ],
    ['3本のペンは240円です。1本は何円ですか。\n答え：80円', '3本のペンは240円です。1本は何円ですか。'],
    ['x+3=5のとき、xを求めよ。この方程式を解くには、まず両辺から3を引きます。', 'x+3=5のとき、xを求めよ。'],
    ['What is 3 + 4? A) 5 B) 7 The correct answer is B.', 'What is 3 + 4?'],
    // What says how to answer, or what a sign means, stays
    [
      'What is 1/3 as a decimal? Round to two places. To find it, we divide.',
      'What is 1/3 as a decimal? Round to two places.',
    ],
    ['Find \\(\\phi(10)\\). Use a theorem to solve this problem. To find it, we factor 10.', 'Find \\(\\phi(10)\\).'],
  ])('of %j keeps %j', (text, instruction) => {
    const found = read(text);
    expect(found).toMatchObject({ instruction, fault: undefined });
    expect(found.cut).toBeTruthy();
    expect(read(text, false)).toMatchObject({ fault: 'answer-bleed' });
  });

  it.each([
    // The word belongs to the problem
    ['Solution: 30 % salt, 2 litres. How many grams of salt are in 500 g of it?'],
    ['Water: 5 litres.\nSolution: 30 % salt, 2 litres.\nHow many grams of salt are in 500 g of the mixture?'],
    ['A solution of 30 % salt is mixed with a solution of 10 %. How much of each makes 4 litres of 15 %?'],
    ['Salt solution: 30 %. Sugar solution: 10 %. How much salt is in 4 litres of the first?'],
    ['What is 3 + 4?\nA: 5\nB: 6\nC: 7\nD: 8'],
    ['Two teams play.\nA: 3 goals\nHow many goals must B score to win by 2?'],
    ['Step 1 of a staircase is 20 cm high, each further one 18 cm. How high are 9 steps?'],
    ['Ann has 3 pens, Ben has 5. To the nearest whole number, what is their mean?'],
    ['What is the smallest prime greater than 100? Answer: give three digits.'],
    ['What is the probability that the answer is the same as the first of two rolls?'],
  ])('leaves %j', (text) => {
    expect(read(text)).toEqual({ instruction: text, fault: undefined });
  });

  it.each([
    // What is in front is no problem, or no whole one
    ['Q: What is the capital of France?\nA: Paris'],
    ['Q: Who painted 3 famous pictures of sunflowers?\nA: Vincent van Gogh'],
    ['Answer: 7'],
    ['Solution: 3 and 4 make 7. Is it odd? Yes, it is.'],
    ['What is 3 + 4?\nSolution: is it 7? Yes, it is 7. So the sum is 7. Is it odd?\nQ: 7?'],
    ['To solve this problem, we add 3 and 4.'],
    ['Can you explain the 3 laws of exponents? To explain them, we begin with the first. Step 1: products.'],
    ['The sum of all digits of $1001^{100}$ is $\\boxed{5}$.'],
    // The rest would tell the answer
    ['What is 3 + 4? Both of them make 7. So the answer is 7.'],
    // Examples in turns
    ['Q: What is 3 + 4?\nA: 7\nQ: What is 5 + 6?\nA: 11'],
    ['What is 3 + 4?\nA: 7\n\nQuestion: What is 5 + 6?\nAnswer: 11'],
  ])('refuses %j', (text) => {
    const found = read(text);
    expect(found.cut).toBeUndefined();
    expect(found.fault).toBeDefined();
  });

  it('keeps the problem of a text whose answer ran into the limit, and no text without one', () => {
    const text = 'What is 3 + 4? To solve this problem, we add 3 and';
    const limited = { finishReason: 'length', cutsAnswers: true } as const;
    expect(readDrawnText(text, limited)).toMatchObject({ instruction: 'What is 3 + 4?', fault: undefined });
    expect(readDrawnText('What is 3 + 4?', limited).fault).toBe('length');
    const list = `1. What is 3 + 4? ${'Find the mean of the data for the period of the year that is given. '.repeat(9)}`;
    expect(readDrawnText(list, limited).fault).toBe('length');
  });

  it('leaves programs and translations whole', () => {
    const text = 'Write a function that adds.\nSolution: def add(a, b): return a + b';
    const found = readDrawnText(text, { finishReason: 'stop', task: 'code', cutsAnswers: true });
    expect(found).toEqual({ instruction: text, fault: 'answer-bleed' });
  });
});
