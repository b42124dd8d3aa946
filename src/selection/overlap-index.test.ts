import { describe, expect, it } from 'vitest';
import { createOverlapIndex } from './overlap-index.js';

const items = [
  {
    id: 'ducks',
    text: 'Maya has 12 ducks on her pond and every duck lays 2 eggs a day. How many eggs are there in a week?',
  },
  { id: 'short', text: 'Compute $\\dfrac{3}{4} + 2$.' },
  { id: 'boats', text: 'Two boats leave the old harbour at noon and sail in opposite directions at 8 and 11 knots.' },
];
const index = createOverlapIndex({ items, words: 8 });

describe('createOverlapIndex({items, words}).find(text)', () => {
  it.each([
    ['the item itself', items[0]?.text ?? '', 'ducks', 'same'],
    ['other case, spaces and punctuation', (items[2]?.text ?? '').toUpperCase().replaceAll(' ', '  '), 'boats', 'same'],
    ['a short item in other typesetting', 'compute \\(\\frac{3}{4}+2\\)', 'short', 'same'],
    ['a part of an item', 'Once, two boats leave the old harbour at noon and sail home.', 'boats', 'overlap'],
    ['a backward question of an item', `${items[0]?.text.replace('12', 'x')} If we know …`, 'ducks', 'overlap'],
    ['number words for numbers', 'She has twelve ducks on her pond and every duck lays two eggs.', 'ducks', 'overlap'],
  ])('names the item for %s', (_, text, id, kind) => {
    expect(index.find(text)).toMatchObject({ item: { id }, kind });
  });

  it.each([
    ['seven words of an item', 'Now Maya has 12 ducks on her lake.'],
    [
      'a run with another number',
      'Two boats leave the old harbour at 9 and sail in opposite directions at 9 and 11 knots.',
    ],
    ['a short item inside a longer text', 'First compute $\\frac34 + 2$, then double it.'],
    ['a formula of many symbols', 'Solve $((x+1)^2 = (x-1)^2)$'],
    ['nothing', ''],
  ])('finds none for %s', (_, text) => {
    expect(index.find(text)).toBeUndefined();
  });

  it('shows the longest shared text as it stands in the row', () => {
    const text =
      'So: "two BOATS leave the old harbour, at noon", and maya has 12 ducks on her pond and every duck lays eggs';
    expect(index.find(text)).toEqual({
      item: items[0],
      kind: 'overlap',
      text: 'maya has 12 ducks on her pond and every duck lays',
      wordCount: 11,
    });
  });

  it.each([0, 2, 51, 8.5])('refuses runs of %f words', (words) => {
    expect(() => createOverlapIndex({ items, words })).toThrow('give a whole number from 3 to 50');
  });
});
