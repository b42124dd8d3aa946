import { describe, expect, it } from 'vitest';
import { recipeNames } from '../../storage/recipe-files.js';
import { augmentationType, techniques } from '../augmented-row.js';
import { loadRecipe, parseRecipe } from './recipe.js';

const small = { name: 'a', version: 1, description: 'b', types: { GSM_SV: { rows: 3 } } };
const parse = (change: object) => parseRecipe({ ...small, ...change }, { file: 'r.json' });

describe('the recipes of the package', () => {
  it.each(recipeNames(['assemble']))('%s is sound and names types that augment grows', (name) => {
    const { types } = loadRecipe(name);
    const grown = ['gsm8k', 'math', 'pocket'].flatMap((set) => techniques.map((one) => augmentationType(set, one)));
    expect(grown).toEqual(expect.arrayContaining(Object.keys(types)));
  });

  it.each([
    ['metamathqa-395k', 395_000],
    ['metamathqa-40k', 40_000],
  ])('%s has %d rows', (name, rows) => {
    expect(Object.values(loadRecipe(name).types).reduce((sum, type) => sum + type.rows, 0)).toBe(rows);
  });
});

describe('parseRecipe(value)', () => {
  it('trusts only stated answers and exact equality when nothing is said', () => {
    const { verified, duplicates, decontamination, seed } = parse({});
    expect(verified.extraction).toEqual(['boxed', 'answer-is', 'hashes', 'answer-mark']);
    for (const rule of ['rounded-decimal', 'tolerance', 'sampled', 'percent', 'text', 'high-precision']) {
      expect(verified.equivalence).not.toContain(rule);
    }
    expect(verified.ungraded).toBe('grade');
    expect(verified.strength).toBe('policy');
    expect(duplicates).toEqual({
      compare: 'query+response',
      threshold: 0.8,
      shingleWords: 3,
      quantities: 'must-match',
    });
    expect({ ...decontamination, seed }).toEqual({ words: 10, fields: ['query', 'original_question'], seed: 0 });
  });

  it.each([
    [{ sead: 1 }, 'r.json: sead: unknown key (nearest: seed)'],
    [{ duplicates: { treshold: 0.9 } }, 'duplicates.treshold: unknown key (nearest: threshold)'],
    [{ types: { GSM_SV: { row: 3 } } }, 'types.GSM_SV'],
    [{ types: { GSM_SV: { rows: 3, hashes: true } } }, 'types.GSM_SV.hashes: unknown key (known are rows, ending)'],
    [{ types: { GSM_SV: { rows: 0 } } }, 'types.GSM_SV.rows: too small'],
    [{ types: { ' ': { rows: 1 } } }, 'types'],
    [{ types: {} }, 'types: no type is named'],
    [{ decontamination: { words: 7 } }, 'decontamination.words: too small'],
    [{ verified: { strength: 'sure' } }, 'verified.strength: invalid option'],
    [{ verified: { equivalence: ['exact'] } }, 'verified.equivalence.0: invalid option'],
  ])('refuses %j: %s', (change, message) => {
    expect(() => parse(change)).toThrow(message);
  });
});
