import { describe, expect, it } from 'vitest';
import { createRandom } from '../problems/pocket/random.js';
import { createNearDuplicateIndex, type NearDuplicateOptions } from './near-duplicates.js';
import { createWordList, scanWords } from './scan-words.js';
import { createShingleSet, jaccard } from './shingle-set.js';

const story =
  'Every morning Ann walks from her house to the market with 4 baskets of ripe pears, sells them to her neighbours near the ' +
  'old bridge for 3 dollars a basket, and walks home along the river. How much money does Ann make in a week of 5 days?';

const same = (left: string, right: string, options: NearDuplicateOptions = {}): boolean => {
  const index = createNearDuplicateIndex({ threshold: 0.7, ...options });
  index.add({ query: left });
  return index.add({ query: right }) !== undefined;
};

describe('createNearDuplicateIndex()', () => {
  it.each([
    ['itself', story, story],
    ['other spaces and case', story, story.toUpperCase().replaceAll(' ', '\n ')],
    ['another word', story, story.replace('ripe', 'fresh')],
    ['a number in words', story, story.replace('4 baskets', 'four baskets')],
    ['a word of the same meaning', `${story} Give the total.`, `${story} Give the altogether.`],
  ])('finds a text again with %s', (_, left, right) => {
    expect(same(left, right)).toBe(true);
  });

  it.each([
    ['another number', story, story.replace('4 baskets', '6 baskets')],
    ['a number in other words', story.replace('4', 'four'), story.replace('4', 'six')],
    ['an unknown for a number', story, story.replace('4 baskets', 'x baskets')],
    ['two numbers changed about', story, story.replace('4', '#').replace('3', '4').replace('#', '3')],
    ['more for less', `${story} Ben makes 2 dollars more.`, `${story} Ben makes 2 dollars less.`],
    ['another operator', `${story} Find $x+2$.`, `${story} Find $x-2$.`],
  ])('keeps two problems apart that differ by %s', (_, left, right) => {
    expect(same(left, right)).toBe(false);
    expect(same(left, right, { quantities: 'ignored' })).toBe(true);
  });

  it('keeps apart what has different answers', () => {
    const index = createNearDuplicateIndex();
    expect(index.add({ query: story, answer: '60' })).toBeUndefined();
    expect(index.add({ query: story, answer: '61' })).toBeUndefined();
    expect(index.add({ query: story })).toBeUndefined();
    expect(index.add({ query: story, answer: '61' })).toEqual({ of: 1, similarity: 1 });
  });

  it('compares responses along with queries where they are given', () => {
    const index = createNearDuplicateIndex();
    const [one, other] = ['She sells 4 baskets a day for 3 dollars each, so 12. '.repeat(3), 'Money per basket: 3.'];
    expect(index.add({ query: 'How much?', response: one })).toBeUndefined();
    expect(index.add({ query: 'How much?', response: other })).toBeUndefined();
    expect(index.add({ query: 'How much?', response: one })?.of).toBe(0);
  });

  it('compares with kept rows alone and names them by their call', () => {
    const index = createNearDuplicateIndex();
    const calls = ['a b c d', 'A b c d', 'e f g h', 'e f g h'].map((query) => index.add({ query })?.of);
    expect(calls).toEqual([undefined, 0, undefined, 2]);
  });

  it.each([0.5, 0.7, 0.8, 0.9])('finds the pairs above %f that exact Jaccard finds, and no other', (threshold) => {
    const texts = plantedTexts();
    const exact = exactDuplicates(texts, threshold);
    const index = createNearDuplicateIndex({ threshold, quantities: 'ignored' });
    const found = texts.map((query) => index.add({ query }) !== undefined);
    const hits = found.filter((isFound, row) => isFound && exact[row]).length;
    expect(exact.filter(Boolean).length).toBeGreaterThan(50);
    expect(hits / exact.filter(Boolean).length).toBeGreaterThan(0.98);
    expect(found.filter((isFound, row) => isFound && !exact[row]).length).toBeLessThanOrEqual(2);
  });

  it('stays bounded where all texts are of one template', () => {
    const index = createNearDuplicateIndex({ threshold: 0.98, quantities: 'ignored' });
    for (let row = 0; row < 3000; row++) index.add({ query: `${story} Row name${row}.` });
    expect(index.cutCount).toBeGreaterThan(0);
  });

  it.each([0, -1, 1.1, Number.NaN])('refuses the threshold %f', (threshold) => {
    expect(() => createNearDuplicateIndex({ threshold })).toThrow('Cannot find duplicates by threshold');
  });
});

/** 600 texts, half of them made of earlier ones by changing a few words. */
function plantedTexts(): string[] {
  const random = createRandom('planted');
  const word = (): string => `w${random.integer(0, 4000).toString(36).replace(/\d/g, 'q')}`;
  const texts: string[][] = [];
  for (let row = 0; row < 600; row++) {
    const isCopy = row > 0 && random.chance(0.5);
    const words = isCopy ? [...random.pick(texts)] : Array.from({ length: random.integer(8, 120) }, word);
    for (let change = isCopy ? random.integer(0, 6) : 0; change > 0; change--)
      words[random.integer(0, words.length - 1)] = word();
    texts.push(words);
  }
  return texts.map((words) => words.join(' '));
}

/** The same rule, first come first kept, with every pair compared. */
function exactDuplicates(texts: readonly string[], threshold: number): boolean[] {
  const set = createShingleSet();
  const kept: Uint32Array[] = [];
  return texts.map((text) => {
    set.clear();
    set.add(scanWords(text, createWordList()), 3);
    const isDuplicate = kept.some((members) => jaccard(set, members) >= threshold);
    if (!isDuplicate) kept.push(set.members.slice(0, set.size));
    return isDuplicate;
  });
}
