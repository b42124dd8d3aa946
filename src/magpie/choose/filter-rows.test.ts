import { describe, expect, it } from 'vitest';
import { filterRows } from './filter-rows.js';
import type { ValidationSettings } from './find-defects.js';
import { validateRows } from './validate-rows.js';

const good = {
  instruction: 'Tom has 3 pens and 4 cups. How many?',
  response: `Sum: 3 + 4 = 7.\n${'The answer is 7. '.repeat(4)}`,
};
const settings: ValidationSettings = {};

describe('validateRows(rows) and filterRows(rows)', () => {
  it.each<[string, object, ValidationSettings, readonly string[]]>([
    ['a good row', good, settings, []],
    ['a missing response', { ...good, response: null }, settings, ['missing-response']],
    ['a blank instruction', { ...good, instruction: ' ' }, settings, ['missing-instruction']],
    ['a short response', { ...good, response: 'Seven.' }, settings, ['response-too-short']],
    ['a long instruction', { ...good, instruction: 'How? '.repeat(300) }, settings, ['instruction-too-long']],
    [
      'two defects',
      { instruction: 'How?', response: 'So.' },
      settings,
      ['instruction-too-short', 'response-too-short'],
    ],
    ['emoji as one character', { ...good, instruction: '😀'.repeat(1000) }, settings, []],
    [
      'tokens',
      { ...good, response_tokens: 9 },
      { responseLength: { min: 1, max: 8, unit: 'tokens' } },
      ['response-too-long'],
    ],
    ['unknown tokens', good, { responseLength: { min: 1, max: 8, unit: 'tokens' } }, ['response-tokens-unknown']],
    ['no answer', { ...good, extracted: null }, { requireAnswer: true }, ['no-answer']],
    ['another field', good, { requiredFields: ['pre_query_template'] }, ['missing-pre_query_template']],
  ])('%s', (_, row, options, defects) => {
    const validation = validateRows([row], options);
    expect(Object.keys(validation.defects)).toEqual(defects);
    expect(validation.valid).toBe(defects.length === 0 ? 1 : 0);
    expect(Object.keys(filterRows([row], options).dropped)).toEqual(defects.slice(0, 1));
  });

  it('tells the share that is valid and whether it is enough', () => {
    const rows = [good, good, { ...good, response: '' }];
    expect(validateRows(rows)).toMatchObject({ total: 3, valid: 2, isGoodEnough: false });
    expect(validateRows(rows, { threshold: 0.6 }).isGoodEnough).toBe(true);
    expect(validateRows([]).isGoodEnough).toBe(false);
    expect(filterRows(rows)).toEqual({ rows: [good, good], dropped: { 'missing-response': 1 } });
  });
});
