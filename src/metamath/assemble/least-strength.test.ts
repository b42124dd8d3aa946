import { describe, expect, it } from 'vitest';
import { checkRow } from './check-row.js';
import { narrowRecipe } from './narrow-recipe.js';
import { parseRecipe } from './recipe.js';

const small = { name: 'a', version: 1, description: 'b', types: { GSM_AnsAug: { rows: 9 } } };
const recipe = parseRecipe({ ...small, verified: { strength: 'sampled' } }, { file: 'r.json' });
const row = {
  query: 'How many?',
  response: 'Four times three makes twelve, so $\\boxed{12}$.',
  type: 'GSM_AnsAug',
  gold: '12',
  equivalent: true,
  rule: 'boxed/exact-number',
};

describe('checkRow() under a least strength', () => {
  it.each([
    ['a stronger verdict', { strength: 'proved' }, undefined],
    ['one as strong', { strength: 'sampled' }, undefined],
    ['a weaker one', { strength: 'policy' }, 'unverified'],
    ['a row that brings none, graded again', {}, undefined],
    ['one that brings none and is right by a policy', { gold: '12 \\text{ cm}' }, 'unverified'],
    ['one that brings none and has no gold', { gold: undefined }, 'unverified'],
  ])('%s', (_, change, fault) => {
    expect(checkRow({ ...row, ...change }, { recipe }).fault).toBe(fault);
  });

  it('can be asked for over the recipe', () => {
    const { verified } = narrowRecipe(recipe, { leastStrength: 'proved' });
    expect([verified.strength, verified.ungraded]).toEqual(['proved', 'grade']);
  });
});
