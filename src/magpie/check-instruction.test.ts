import { describe, expect, it } from 'vitest';
import { checkInstruction, normalInstruction } from './check-instruction.js';

describe('checkInstruction()', () => {
  it.each([
    ['Tom has 3 pens and buys 4. How many pens has he?', undefined],
    ['Find the sum of the first ten primes.', undefined],
    ['Solve for $x$: $x^2 = 9$.', undefined],
    ['What is the probability that the answer is the same as the first of two rolls?', undefined],
    ['', 'empty'],
    [' \n', 'empty'],
    ['Tom has 3 pens.<|end|><|assistant|>He has 3.', 'leaked-tokens'],
    ['<｜User｜>Tom has 3 pens. How many?', 'leaked-tokens'],
    ['What is 3 + 4? [/INST] 7', 'leaked-tokens'],
    ['Sure, here is a problem: Tom has 3 pens. How many?', 'assistant-voice'],
    ["I'm happy to help! What is 3 + 4?", 'assistant-voice'],
    ['How can I help you with 3 problems?', 'assistant-voice'],
    ['Tom has 3 pens and buys 4. How many? The answer is \\boxed{7}.', 'answer-bleed'],
    ['What is 3 + 4?\nSolution: 7', 'answer-bleed'],
    ['What is 3 + 4? To solve this problem, we add 3 and 4.', 'answer-bleed'],
    ["What is 3 + 4? Let's break it down.", 'answer-bleed'],
    ['Consider the following 3 statements:', 'trailing-colon'],
    ['Tom has 3 pens and buys 4.', 'no-question'],
    ['How is the weather?', 'no-quantity'],
  ])('says of %j: %s', (text, fault) => {
    expect(checkInstruction({ text, finishReason: 'stop' })).toBe(fault);
  });

  it('rejects whatever ran into the token limit', () => {
    expect(checkInstruction({ text: 'What is 3 + 4?', finishReason: 'length' })).toBe('length');
  });
});

describe('normalInstruction()', () => {
  it.each([
    ['What is 3 + 4?', 'what is  3 + 4', true],
    ['What is 3 + 4?', 'What is 3 - 4?', false],
    ['What is 3.4?', 'What is 34?', false],
  ])('%j and %j are the same: %s', (left, right, expected) => {
    expect(normalInstruction(left) === normalInstruction(right)).toBe(expected);
  });
});
