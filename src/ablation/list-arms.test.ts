import { describe, expect, it } from 'vitest';
import { recipeNames } from '../storage/recipe-files.js';
import { listArms } from './list-arms.js';
import { ablationSchema, loadAblation, parseAblation } from './recipe.js';

const base = { name: 'test', version: 1, description: 'a test', problems: 10, rows: 16, test: { problems: 20 } };
const arms = (given: object[]) => listArms(ablationSchema.parse({ ...base, arms: given }));

describe('listArms()', () => {
  it('compares each arm with the one before it, and the first with none', () => {
    const listed = arms([
      { name: 'none', of: {} },
      { name: 'originals', of: { originals: 1 } },
      { name: 'AnsAug', of: { answers: 2, rephrase: 2 } },
    ]);
    expect(listed.map(({ name, against }) => [name, against])).toEqual([
      ['none', undefined],
      ['originals', 'none'],
      ['AnsAug', 'originals'],
    ]);
    expect(listed[2]?.shares).toEqual({ answers: 0.5, rephrase: 0.5 });
    expect(listed.map(({ folder }) => folder)).toEqual(['none', 'originals', 'ansaug']);
  });

  it('crosses checks, wrong answers and budgets, and compares those with the arm that differs in the last of these alone', () => {
    const listed = arms([
      { name: 'originals', of: { originals: 1 } },
      { name: '+A', of: { answers: 1 }, check: ['graded', 'ungraded'], planted: [0, 0.4], equal: ['rows', 'tokens'] },
    ]);
    expect(Object.fromEntries(listed.map(({ name, against }) => [name, against]))).toEqual({
      originals: undefined,
      '+A': 'originals',
      '+A, ungraded': '+A',
      '+A, 40 percent wrong': '+A',
      '+A, ungraded, 40 percent wrong': '+A, 40 percent wrong',
      '+A, equal tokens': '+A',
      '+A, ungraded, equal tokens': '+A, equal tokens',
      '+A, 40 percent wrong, equal tokens': '+A, equal tokens',
      '+A, ungraded, 40 percent wrong, equal tokens': '+A, 40 percent wrong, equal tokens',
    });
    const small = arms([
      { name: 'none', of: {} },
      { name: 'A', of: { answers: 1 }, planted: [0.07, 0.004, 0.125] },
    ]);
    expect(small.map(({ name }) => name)).toEqual([
      'none',
      'A, 7 percent wrong',
      'A, 0.4 percent wrong',
      'A, 12.5 percent wrong',
    ]);
  });

  it('compares another number of rows with the arm before it at that number, else with its own first', () => {
    const listed = arms([
      { name: 'none', of: {} },
      { name: 'A', of: { originals: 1 }, rows: [16, 64] },
      { name: 'B', of: { answers: 1 }, rows: [16, 64, 256] },
    ]);
    expect(listed.map(({ name, rows, against }) => [name, rows, against])).toEqual([
      ['none', 16, undefined],
      ['A', 16, 'none'],
      ['A, 64 rows', 64, 'A'],
      ['B', 16, 'A'],
      ['B, 64 rows', 64, 'A, 64 rows'],
      ['B, 256 rows', 256, 'B'],
    ]);
  });

  it('refuses two arms of one name', () => {
    expect(() =>
      arms([
        { name: 'A', of: {} },
        { name: 'a', of: {} },
      ]),
    ).toThrow('two arms are called "a"');
  });
});

describe('recipes of ablations', () => {
  it.each(recipeNames(['ablation']))('%s can be read', (name) => {
    const recipe = loadAblation(name);
    const listed = listArms(recipe);
    expect(recipe.name).toBe(name);
    for (const { against } of listed.slice(1)) expect(listed.map((arm) => arm.name)).toContain(against);
  });

  it.each([
    [
      'a mistyped key',
      {
        ...base,
        arms: [
          { name: 'a', of: {} },
          { name: 'b', of: {} },
        ],
        probems: 3,
      },
      'probems: unknown key (nearest: problems)',
    ],
    [
      'a mistyped source',
      {
        ...base,
        arms: [
          { name: 'a', of: { anwers: 1 } },
          { name: 'b', of: {} },
        ],
      },
      'anwers',
    ],
    ['one arm', { ...base, arms: [{ name: 'a', of: {} }] }, 'arms: too small'],
  ])('%s is told', (_, value, fault) => {
    expect(() => parseAblation(value, { file: 'x.json' })).toThrow(fault);
  });
});
