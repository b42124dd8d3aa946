import { describe, expect, it } from 'vitest';
import { filterByRules } from './filter-by-rules.js';
import { type FilterSettings, listRules } from './filter-run.js';
import { validateRows } from './validate-rows.js';

const good = {
  instruction: 'Tom has 3 pens and 4 cups. How many?',
  response: `Sum: 3 + 4 = 7.\n${'The answer is 7. '.repeat(4)}`,
};
const lengths: FilterSettings = { minInstruction: 20, maxInstruction: 1000, minResponse: 50, maxResponse: 4000 };

describe('validateRows(rows), by the rules of the filter', () => {
  it.each<[string, object, FilterSettings, readonly string[]]>([
    ['a good row', good, lengths, []],
    ['a missing response', { ...good, response: null }, lengths, ['response-too-short', 'response-too-long']],
    ['a short response', { ...good, response: 'Seven.' }, lengths, ['response-too-short']],
    ['a long instruction', { ...good, instruction: 'How? '.repeat(300) }, lengths, ['instruction-too-long']],
    ['two defects', { instruction: 'How?', response: 'So.' }, lengths, ['instruction-too-short', 'response-too-short']],
    ['emoji as one character', { ...good, instruction: '😀'.repeat(1000) }, lengths, []],
    ['a rule on tokens', { ...good, response_tokens: 9 }, { keep: ['few: response_tokens < 9'] }, ['few']],
    ['no answer', { ...good, extracted: null }, { requireAnswer: true }, ['no-answer']],
    ['no response', { ...good, response: null }, { keep: ['solved: exists response'] }, ['solved']],
  ])('%s', (_, row, settings, defects) => {
    const validation = validateRows([row], settings);
    expect(Object.keys(validation.defects)).toEqual(defects);
    expect(validation.valid).toBe(defects.length === 0 ? 1 : 0);
  });

  it('refuses a setting that it does not know, as a spread may bring one', () => {
    const rules = { ...lengths, responseLength: { min: 1, max: 8 } };
    expect(() => validateRows([good], rules)).toThrow(/^Cannot filter by "responseLength": there is no such setting/);
  });

  it('tells the share that is valid and whether it is enough', () => {
    const rows = [good, good, { ...good, response: 'No.' }];
    expect(validateRows(rows, lengths)).toMatchObject({ total: 3, valid: 2, isGoodEnough: false });
    expect(validateRows(rows, { ...lengths, threshold: 0.6 }).isGoodEnough).toBe(true);
    expect(validateRows([]).isGoodEnough).toBe(false);
    expect(filterByRules(rows, { rules: listRules(lengths) }).rows).toEqual([good, good]);
  });
});
