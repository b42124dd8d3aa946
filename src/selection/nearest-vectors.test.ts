import { describe, expect, it } from 'vitest';
import type { Matrix } from '../storage/read-npy.js';
import { nearestVectors } from './nearest-vectors.js';

const matrix = (columnCount: number, ...values: number[]): Matrix => ({
  rowCount: values.length / columnCount,
  columnCount,
  data: Float32Array.from(values),
});

describe('nearestVectors({ queries, base })', () => {
  it.each([
    { queries: [0, 0], base: [3, 4, 1, 1], rows: [1], distances: [2] },
    { queries: [1, 1, 3, 3], base: [3, 4, 1, 1], rows: [1, 0], distances: [0, 1] },
    { queries: [0, 0], base: [1, 0, 0, 1], rows: [0], distances: [1] },
    { queries: [5, 5], base: [], rows: [-1], distances: [Number.POSITIVE_INFINITY] },
  ])('of $queries in $base is row $rows at $distances', async ({ queries, base, rows, distances }) => {
    const found = await nearestVectors({ queries: matrix(2, ...queries), base: matrix(2, ...base) });
    expect({ rows: [...found.rows], distances: [...found.distances] }).toEqual({ rows, distances });
  });

  it('is that of trying every pair to the end, over many blocks and columns', async () => {
    let state = 1;
    const next = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const draw = (rowCount: number) => matrix(70, ...Array.from({ length: rowCount * 70 }, next));
    const [queries, base] = [draw(20), draw(600)];
    const { rows } = await nearestVectors({ queries, base });
    const expected = Array.from({ length: 20 }, (_, query) => {
      const distances = Array.from({ length: 600 }, (_, row) =>
        Array.from({ length: 70 }, (_, column) => {
          const left = queries.data[query * 70 + column] ?? 0;
          return (left - (base.data[row * 70 + column] ?? 0)) ** 2;
        }).reduce((sum, square) => sum + square, 0),
      );
      return distances.indexOf(Math.min(...distances));
    });
    expect([...rows]).toEqual(expected);
  });

  it('refuses embeddings of two models', async () => {
    const pair = { queries: matrix(2, 1, 2), base: matrix(3, 1, 2, 3) };
    await expect(nearestVectors(pair)).rejects.toThrow('of 2 and of 3 dimensions: embed both with one model');
  });
});
