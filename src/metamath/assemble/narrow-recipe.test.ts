import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { narrowRecipe } from './narrow-recipe.js';
import { loadRecipe } from './recipe.js';

const recipe = loadRecipe('metamathqa-395k');
const rowsOf = (narrowing: object) =>
  Object.fromEntries(Object.entries(narrowRecipe(recipe, narrowing).types).map(([name, { rows }]) => [name, rows]));
const whole = rowsOf({});
const { GSM_SV, MATH_SV, ...withoutSv } = whole;

describe('narrowRecipe(metamathqa-395k)', () => {
  it.each<[object, object]>([
    [{}, whole],
    [{ only: ['SV'] }, { GSM_SV: 40_000, MATH_SV: 15_000 }],
    [{ only: ['GSM_AnsAug', 'SV'] }, { GSM_AnsAug: 80_000, GSM_SV: 40_000, MATH_SV: 15_000 }],
    [{ without: ['SV'] }, withoutSv],
    [
      { only: ['SV', 'FOBAR'], without: ['MATH_SV', 'MATH_FOBAR'] },
      { GSM_SV: 40_000, GSM_FOBAR: 40_000 },
    ],
    [
      { only: ['SV'], size: 1100 },
      { GSM_SV: 800, MATH_SV: 300 },
    ],
    [
      { only: ['SV'], size: 1000 },
      { GSM_SV: 727, MATH_SV: 273 },
    ],
    [{ only: ['GSM_SV'], size: 7 }, { GSM_SV: 7 }],
  ])('%j has %j', (narrowing, types) => {
    expect(rowsOf(narrowing)).toEqual(types);
  });

  it.each([1000, 20_000, 39_999, 394_999])('has %i rows in all', (size) => {
    for (const without of [undefined, ['AnsAug'], ['SV', 'GSM_FOBAR']]) {
      const rows = Object.values(rowsOf({ size, without }));
      expect(rows.reduce((sum, count) => sum + count, 0)).toBe(size);
    }
  });

  it('says in its name what it is, and keeps endings', () => {
    const { name, types } = narrowRecipe(recipe, { without: ['SV'], size: 20_000 });
    expect(name).toBe('metamathqa-395k, without SV, 20000 rows');
    expect(types.GSM_AnsAug?.ending).toBe('hashes');
  });

  it.each([
    [{ only: ['Sv'] }, /^Cannot assemble metamathqa-395k: only Sv is none of its types; choose among GSM_AnsAug, /],
    [{ without: ['POCKET_SV'] }, /: without POCKET_SV is none of its types/],
    [{ only: ['SV'], without: ['SV'] }, /: only and without leave no type; name fewer of them$/],
    [{ size: 7 }, /: 7 rows leave none for a type; raise size or name fewer types$/],
  ])('refuses %j', (narrowing, line) => {
    expect(() => narrowRecipe(recipe, narrowing)).toThrow(InputError);
    expect(() => narrowRecipe(recipe, narrowing)).toThrow(line);
  });
});
