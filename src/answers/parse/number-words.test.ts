import { describe, expect, it } from 'vitest';
import { parseRational } from '../numbers/rational.js';
import { parseNumberWords } from './number-words.js';

describe('parseNumberWords()', () => {
  it.each([
    ['five', '5'],
    ['Twenty-Three', '23'],
    ['one hundred and five', '105'],
    ['two thousand four hundred', '2400'],
    ['three million', '3000000'],
    ['minus four', '-4'],
    ['two thirds', '2/3'],
    ['a half', '1/2'],
    ['three and a quarter', '13/4'],
  ])('%s is %s', (words, value) => {
    expect(parseNumberWords(words)).toEqual(parseRational(value));
  });

  it.each(['', 'even', 'one two', 'twenty thirty', 'hundred', 'and', 'five and', 'five apples', '5', 'five.'])(
    '%j is none',
    (text) => {
      expect(parseNumberWords(text)).toBeUndefined();
    },
  );
});
