import { describe, expect, it } from 'vitest';
import { drawPlace, sampleLimit } from './choose-sample.js';
import { decontaminate } from './decontaminate.js';
import { deduplicate } from './deduplicate.js';
import { createKeyIndex } from './key-index.js';
import { mixHash } from './mix-hash.js';
import { findNearestRows } from './nearest-rows.js';

const pears =
  'Every morning Ann sells 4 baskets of ripe pears near the old bridge. How many baskets does Ann sell in a week?';
const boats =
  'Two boats leave the old harbour at noon and sail in opposite directions at 8 and 11 knots. How far apart are they?';

describe('deduplicate(rows)', () => {
  const rows = [
    { id: 1, question: pears },
    { id: 2, question: pears.toUpperCase() },
    { id: 3, question: pears.replace('ripe', 'fresh') },
    { id: 4, question: pears.replace('4', '5') },
    { id: 5, question: boats },
  ];
  const read = ({ question }: (typeof rows)[number]) => ({ query: question });

  it('names the row that is repeated, and how', () => {
    const { kept, repeated } = deduplicate(rows, { read, near: { threshold: 0.7 } });
    expect(kept.map(({ id }) => id)).toEqual([1, 4, 5]);
    expect(repeated.map(({ row, of, kind }) => [row.id, of.id, kind])).toEqual([
      [2, 1, 'exact'],
      [3, 1, 'near'],
    ]);
  });

  it('keeps near-duplicates where they are not asked for', () => {
    expect(deduplicate(rows, { read, near: false }).kept.map(({ id }) => id)).toEqual([1, 3, 4, 5]);
  });

  it('compares answers to one question by their texts', () => {
    const answers = ['It is 4 * 7 = 28 baskets.', 'Seven days, 4 baskets each: 28.', 'It is 4 * 7 = 28 baskets!'];
    const { kept } = deduplicate(answers, { read: (response) => ({ query: pears, response }) });
    expect(kept).toEqual(answers.slice(0, 2));
  });
});

describe('decontaminate(rows)', () => {
  it('names field, test item and shared words', () => {
    const items = [{ id: 'boats', text: boats }];
    const rows = [
      { query: pears, original: pears },
      { query: 'Some boats.', original: boats },
    ];
    const { kept, contaminated } = decontaminate(rows, { items, read: (row) => row });
    expect(kept).toEqual(rows.slice(0, 1));
    expect(contaminated).toEqual([
      { row: rows[1], field: 'original', overlap: { item: items[0], kind: 'same', text: boats, wordCount: 23 } },
    ]);
  });
});

describe('findNearestRows({questions, rows})', () => {
  it('finds the row of the most similar words for each question', async () => {
    const rows = [
      { type: 'A', query: boats.replace('noon', 'dawn') },
      { type: 'B', query: pears.replace('4', 'x') },
      { type: 'C', query: pears },
      { type: 'D', query: pears },
    ];
    const questions = [boats, pears, 'Quite otherwise'];
    const nearest = await findNearestRows({ questions, rows, read: ({ query }) => query });
    expect(nearest.map(({ row }) => row?.type)).toEqual(['A', 'C', undefined]);
    expect(nearest.map(({ similarity }) => similarity > 0.8)).toEqual([true, true, false]);
  });
});

describe('drawPlace(key, seed) and sampleLimit(places, count)', () => {
  const keys = Array.from({ length: 2000 }, (_, row) => ({ high: mixHash(row), low: mixHash(row + 1e6) }));
  const draw = (seed: number, from = keys): Set<number> => {
    const places = from.map((key) => drawPlace(key, seed));
    const limit = sampleLimit(places, 500);
    return new Set(from.filter((_, row) => (places[row] as number) <= limit).map(({ high }) => high));
  };

  it('draw exactly as many as asked for, the same ones in any order', () => {
    expect(draw(1).size).toBe(500);
    expect(draw(1, [...keys].reverse())).toEqual(draw(1));
  });

  it('draw others with another seed, about a quarter of them the same', () => {
    const second = draw(2);
    const shared = [...draw(1)].filter((key) => second.has(key)).length;
    expect(shared).toBeGreaterThan(80);
    expect(shared).toBeLessThan(180);
  });

  it('take all when there are no more', () => {
    expect(sampleLimit([0.5, 0.1], 2)).toBe(Number.POSITIVE_INFINITY);
    expect(sampleLimit([0.5, 0.1], 1)).toBe(0.1);
  });
});

describe('createKeyIndex()', () => {
  it('finds every one of many keys after it has grown, and no other', () => {
    const index = createKeyIndex();
    for (let row = 0; row < 50_000; row++) expect(index.insert(mixHash(row), row % 7, row)).toBe(-1);
    expect(index.insert(mixHash(3), 3, 9)).toBe(3);
    expect(index.size).toBe(50_000);
    for (let row = 0; row < 50_000; row += 97) expect(index.find(mixHash(row), row % 7)).toBe(row);
    expect(index.find(mixHash(5), 6)).toBe(-1);
  });
});
