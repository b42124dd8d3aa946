import { describe, expect, it } from 'vitest';
import { questionThirds } from './question-thirds.js';

const problems = (...lengths: number[]) =>
  lengths.map((length, index) => ({ id: `p${index}`, question: 'é'.repeat(length) }));

describe('questionThirds(problems)', () => {
  it.each([
    { lengths: [9, 1, 5], expected: ['long', 'short', 'medium'] },
    { lengths: [4, 4, 4, 4, 4, 4], expected: ['short', 'short', 'medium', 'medium', 'long', 'long'] },
    { lengths: [1, 2, 3, 4], expected: ['short', 'short', 'medium', 'long'] },
    { lengths: [7], expected: ['short'] },
    { lengths: [], expected: [] },
  ])('of $lengths are $expected', ({ lengths, expected }) => {
    const thirds = questionThirds(problems(...lengths));
    expect(lengths.map((_, index) => thirds.get(`p${index}`)?.questionThird)).toEqual(expected);
  });

  it('have at most one question more than each other', () => {
    const thirds = [...questionThirds(problems(...Array.from({ length: 1319 }, (_, index) => index % 97))).values()];
    const counts = ['short', 'medium', 'long'].map(
      (name) => thirds.filter(({ questionThird }) => questionThird === name).length,
    );
    expect(counts).toEqual([440, 440, 439]);
  });

  it('counts characters, not code units', () => {
    expect(questionThirds([{ id: 'a', question: '😀x' }]).get('a')?.questionLength).toBe(2);
  });
});
