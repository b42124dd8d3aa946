import { describe, expect, it } from 'vitest';
import { readPocketSource } from './pocket-source.js';

describe('readPocketSource(data)', () => {
  it.each([['pocket:'], ['pocket:0'], ['pocket:x'], ['pocket:3:'], ['pocket:1000001'], ['pocket:99999999']])(
    'refuses %s in one line',
    (data) =>
      expect(() => readPocketSource(data, { split: 'train' })).toThrow(/give a number of problems, at most 1000000/),
  );

  it('gives as many as are asked for, with ids of their own', () => {
    const problems = readPocketSource('pocket:7:3', { split: 'test' });
    expect(new Set(problems.map(({ id }) => id)).size).toBe(7);
  });
});
