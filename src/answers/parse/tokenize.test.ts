import { describe, expect, it } from 'vitest';
import { normalizeAnswer } from './normalize-text.js';
import { tokenize } from './tokenize.js';

const names = (text: string): string | undefined =>
  tokenize(normalizeAnswer(text))
    ?.tokens.map(({ name }) => name)
    .join(' ');

describe('tokenize()', () => {
  it.each([
    ['1,234', '1,234'],
    ['(1,234)', '( 1 , 234 )'],
    ['12,34', '12 , 34'],
    ['1{,}234.5', '1{,}234.5'],
    ['2.5E-3', '2.5E-3'],
    ['2e', '2 e'],
    ['\\frac12', 'frac 12'],
    ['2pi', '2 pi'],
    ['5 cm', '5 cm'],
    ['abc', 'a b c'],
    ['x_i', 'x _ i'],
    ['\\text{ and }', 'and'],
    ['\\text{even}', 'even'],
    ['a \\quadx', 'a x'],
    ['\\left\\{1\\right\\}', 'set 1 set'],
    ['x >= 2', 'x ≥ 2'],
    ['5!=120', '5 ! = 120'],
    ['3² + ½', '3 ^ { 2 } + frac { 1 } { 2 }'],
    ['１２', '12'],
    ['−3', '- 3'],
    ['0.333...', '0.333 …'],
  ])('splits %s into %s', (text, expected) => {
    expect(names(text)).toBe(expected);
  });

  it('reports the other reading of a comma', () => {
    expect(tokenize('70,110')?.otherCommas).toBe('separators');
    expect(tokenize('(1,000)')?.otherCommas).toBe('thousands');
    expect(tokenize('1, 2')?.otherCommas).toBeUndefined();
  });

  it('gives up on more tokens than an answer has', () => {
    expect(tokenize('x+'.repeat(2000))).toBeUndefined();
  });
});

describe('normalizeAnswer()', () => {
  it.each([
    ['$\\boxed{5}$.', '5'],
    ['\\( 5 \\)', '5'],
    ['**5**', '5'],
    ['5<|im_end|>', '5'],
    ['\frac{1}{2}', '\\frac{1}{2}'],
    ['\\\\frac{1}{2}', '\\frac{1}{2}'],
    ['185\\', '185'],
    ['9 a.m.', '9 a.m.'],
    ['\u200b7\u200b', '7'],
  ])('%j becomes %j', (text, expected) => {
    expect(normalizeAnswer(text)).toBe(expected);
  });
});
