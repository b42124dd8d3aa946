import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import type { Embeddings } from '../storage/read-embeddings.js';
import { nearestByEmbeddings, nearestByWords } from './nearest-training.js';

const problems = [
  { id: 'p1', question: 'Tom has 3 pens and buys 4 more pens.' },
  { id: 'p2', question: 'Quixotic zebras graze.' },
];
const rows = [
  { id: 't1', question: 'A train goes 60 miles.', type: 'GSM_SV' },
  { id: 't2', question: 'Tom has 3 pens and buys 5 more pens.', type: 'GSM_AnsAug' },
  { id: 't3', question: 'A cat.' },
];
const embeddings = (ids: readonly string[], ...values: number[]): Embeddings => ({
  ids,
  rowCount: ids.length,
  columnCount: values.length / ids.length,
  data: Float32Array.from(values),
});

describe('nearestByWords({ problems, rows })', () => {
  it('gives the type of the row with the most words in common, and none where there are none', async () => {
    const nearest = await nearestByWords({ problems, rows });
    expect(nearest.get('p1')).toMatchObject({ nearestType: 'GSM_AnsAug', nearestRow: 't2' });
    expect(nearest.get('p1')?.nearness).toBeGreaterThan(0.5);
    expect(nearest.get('p2')).toEqual({ nearestType: 'none', nearness: 0 });
  });
});

describe('nearestByEmbeddings({ problems, rows, problemEmbeddings, rowEmbeddings })', () => {
  it('joins by ids, in whatever order the vectors are', async () => {
    const nearest = await nearestByEmbeddings({
      problems,
      rows,
      problemEmbeddings: embeddings(['p2', 'p1'], 0, 0, 5, 5),
      rowEmbeddings: embeddings(['t3', 't1', 't2'], 1, 0, 5, 4, 9, 9),
    });
    expect([...nearest]).toEqual([
      ['p1', { nearestType: 'GSM_SV', nearestRow: 't1', nearness: 1 }],
      ['p2', { nearestType: 'unknown', nearestRow: 't3', nearness: 1 }],
    ]);
  });

  it.each([
    { ask: ['p1'], train: ['t1'], message: 'problem "p2" has none; embed these problems' },
    { ask: ['p1', 'p2'], train: ['x'], message: '"x" is the id of no training row; embed these rows' },
  ])('refuses vectors of $ask and $train', async ({ ask, train, message }) => {
    const options = { problemEmbeddings: embeddings(ask, ...ask.map(() => 1)), rowEmbeddings: embeddings(train, 1) };
    await expect(nearestByEmbeddings({ problems, rows, ...options })).rejects.toThrow(InputError);
    await expect(nearestByEmbeddings({ problems, rows, ...options })).rejects.toThrow(message);
  });
});
