import { describe, expect, it } from 'vitest';
import { hashWord } from './hash-word.js';
import { scanWords, wordKind } from './scan-words.js';

const words = (text: string): string[] => {
  const { count, starts, ends } = scanWords(text);
  return Array.from({ length: count }, (_, index) => text.slice(starts[index], ends[index]));
};
const hashes = (text: string): number[] => {
  const { count, hashes } = scanWords(text);
  return [...hashes.subarray(0, count)];
};
const kinds = (text: string): number[] => {
  const { count, kinds } = scanWords(text);
  return [...kinds.subarray(0, count)];
};

describe('scanWords(text)', () => {
  it.each([
    ['Ann’s pens, she said.', ['Ann’s', 'pens', 'she', 'said']],
    ['A 10-minute walk', ['A', '10', 'minute', 'walk']],
    ['$x^{2}-3x$ is -4.', ['x', '^', '2', '-', '3', 'x', 'is', '-', '4']],
    ['It costs $1,200.50, or 1,2 or 1,2345', ['It', 'costs', '1,200.50', 'or', '1', '2', 'or', '1', '2345']],
    ['\\left(\\dfrac{1}{2}\\right)', ['(', '\\dfrac', '1', '2', ')']],
    ['\\(x\\!+1\\) and \\[50\\%\\]', ['x', '+', '1', 'and', '50', '%']],
    ['3 個のりんご', ['3', '個', 'の', 'り', 'ん', 'ご']],
    ['… !', ['!']],
    ['', []],
  ])('%j has the words %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['1,200', '1200'],
    ['2.50', '2.5'],
    ['3.00', '3'],
    ['Three', '3'],
    ['a dozen', 'A 12'],
    ['fewer', 'less'],
    ['１２個', '12個'],
    ['5 × 3 − 2', '5 * 3 - 2'],
    ['\\dfrac12', '\\frac12'],
    ['É', 'é'],
    ['well-known', 'well known'],
  ])('%j reads as %j', (left, right) => {
    expect(hashes(left)).toEqual(hashes(right));
  });

  it.each([
    ['12', '1 2'],
    ['1.5', '15'],
    ['2³', '23'],
    ['more', 'less'],
    ['x', 'y'],
    ['-4', '4'],
    ['1,2', '12'],
    ['3.05', '3.5'],
  ])('%j does not read as %j', (left, right) => {
    expect(hashes(left)).not.toEqual(hashes(right));
  });

  it('tells numbers, relations, unknowns and operators from plain words', () => {
    const { plain, number, relation, letter, symbol } = wordKind;
    expect(kinds('I have 3 more pens than x + two')).toEqual([
      ...[plain, plain, number, relation, plain, plain, letter, symbol, number],
    ]);
  });

  it('hashes a word as hashWord does', () => {
    expect(hashes('PENS')).toEqual([hashWord('pens')]);
  });

  it('reads long and hostile texts in linear time', () => {
    for (const piece of ['1,', '9', "a'", '\\', '-', '1,234', '😀']) {
      expect(scanWords(piece.repeat(200_000)).count).toBeLessThanOrEqual(400_000);
    }
  });
});
