import { describe, expect, it } from 'vitest';
import { countQuantities } from './count-quantities.js';

describe('countQuantities()', () => {
  it.each([
    ['Tom has 3 pens and buys 4.', 2],
    ['Half of the 20 pupils walk.', 2],
    ['I moved here in 2019.', 0],
    ['Ann was born in 1990 and Bob in 1985.', 2],
    ['COVID-19, an iPhone 14, Windows 11, 24/7', 0],
    ['A 5-star hotel with 3 rooms', 1],
    ['My 7-year-old son has 12 cars.', 1],
    ['A factory made 2000 bolts.', 1],
    ['What should I wear?', 0],
  ])('%s: %i', (text, expected) => {
    expect(countQuantities(text)).toBe(expected);
  });
});
