import { describe, expect, it } from 'vitest';
import { questionThirds } from './question-thirds.js';

const problems = (...lengths: number[]) =>
  lengths.map((length, index) => ({ id: `p${index}`, question: 'é'.repeat(length) }));

describe('questionThirds(problems)', () => {
  it.each([
    { lengths: [9, 1, 5], expected: ['long', 'short', 'medium'] },
    { lengths: [4, 4, 4, 4, 4, 4], expected: Array(6).fill(undefined) },
    { lengths: [4, 4, 4], expected: Array(3).fill(undefined) },
    { lengths: [4, 4, 4, 9], expected: Array(4).fill(undefined) },
    { lengths: [1, 4, 4, 4, 4, 9], expected: ['short', 'medium', 'medium', 'medium', 'medium', 'long'] },
    { lengths: [1, 2, 2, 3, 3, 3], expected: ['short', 'medium', 'medium', 'long', 'long', 'long'] },
    { lengths: [1, 2, 3, 4], expected: ['short', 'short', 'medium', 'long'] },
    { lengths: [7, 8], expected: [undefined, undefined] },
    { lengths: [7], expected: [undefined] },
    { lengths: [], expected: [] },
  ])('of $lengths are $expected', ({ lengths, expected }) => {
    const thirds = questionThirds(problems(...lengths));
    expect(lengths.map((_, index) => thirds.get(`p${index}`)?.questionThird)).toEqual(expected);
  });

  it.each([
    ['without equal lengths, with at most one question more than each other', 1319, [440, 440, 439]],
    // 13 or 14 questions have each length
    ['with equal lengths, none of which is in two thirds', 97, [434, 443, 442]],
  ])('are as nearly equal as they can be %s', (_, different, sizes) => {
    const lengths = Array.from({ length: 1319 }, (_, index) => index % different);
    const thirds = [...questionThirds(problems(...lengths)).values()];
    const counts = ['short', 'medium', 'long'].map(
      (name) => thirds.filter(({ questionThird }) => questionThird === name).length,
    );
    expect(counts).toEqual(sizes);
  });

  it('counts characters, not code units', () => {
    expect(questionThirds([{ id: 'a', question: '😀x' }]).get('a')?.questionLength).toBe(2);
  });
});
