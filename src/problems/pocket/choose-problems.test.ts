import { describe, expect, it } from 'vitest';
import { choosePocketProblems } from './choose-problems.js';
import { pocketProblems } from './generate.js';

const draw = { count: 30, seed: 5, split: 'test' } as const;

describe('choosePocketProblems()', () => {
  it('gives the first problems of the grammar when everything is wanted', () => {
    expect(choosePocketProblems(draw)).toEqual(pocketProblems(draw));
  });

  it('gives exactly so many of the wanted subjects and levels', () => {
    const chosen = choosePocketProblems({ ...draw, subjects: ['Percent', 'Geometry'], levels: [5] });
    expect(chosen).toHaveLength(30);
    expect(new Set(chosen.map(({ subject, level }) => `${subject} ${level}`))).toEqual(
      new Set(['Percent 5', 'Geometry 5']),
    );
  });

  it.each([
    [{ subjects: ['Calculus'] }, '"Calculus" is neither subject nor level'],
    [{ levels: [6] }, '"6" is neither subject nor level'],
    [{ levels: [] }, 'no subject or no level is wanted'],
  ])('refuses %j', (wanted, message) => {
    expect(() => choosePocketProblems({ ...draw, ...wanted })).toThrow(message);
  });
});
