import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors.js';
import { meetsCondition } from './evaluate-filter.js';
import { filterByRules, readFilterRule, upstreamRules } from './filter-by-rules.js';
import { parseFilter } from './filter-expression.js';
import { listRules } from './filter-run.js';

const row = {
  id: 'a',
  instruction: 'What is 3 + 4?',
  response: 'It is 7.',
  input_quality: 'good',
  instruct_reward: -3.5,
  extracted: null,
  responses: ['7', '8'],
  gen_input_configs: { temperature: 1.1, domain: 'algebra' },
  "it's": true,
};

describe('a filter condition', () => {
  it.each([
    ['input_quality == good', true],
    ['input_quality in [good, excellent]', true],
    ['input_quality in []', false],
    ['instruct_reward > -10', true],
    ['instruct_reward > -3.5', false],
    ['instruct_reward >= -3.5 and id == "a"', true],
    ['not instruction endswith ":"', true],
    ["instruction startswith 'What is'", true],
    ['responses contains "8"', true],
    ['response contains 7', false],
    ['length(responses) == 2 and length(response) < 9', true],
    ['words(instruction) == 5', true],
    ['gen_input_configs.domain == algebra', true],
    ['gen_input_configs.temperature <= 1', false],
    ['exists extracted', false],
    ['extracted == null and nothing == null', true],
    ['nothing > 1 or nothing < 1', false],
    ['nothing != 1', true],
    ['id == id', false],
    ['id == field(id)', true],
    ['id == a and input_quality == bad or instruct_reward < 0', true],
    ['id == a and (input_quality == bad or instruct_reward > 0)', false],
    ['not not id == a', true],
    // what an object inherits is none of its fields
    ['exists constructor', false],
    ['exists __proto__.toString', false],
    ['exists responses.length', true],
  ])('%s is %s', (text, expected) => {
    expect(meetsCondition(row, parseFilter(text))).toBe(expected);
  });

  it.each([
    ['', /a field or a value is wanted at its end/],
    ['id', /an operator .* is wanted at its end/],
    ['id == a b', /"and", "or" or the end is wanted at character 9/],
    ['(id == a', /"\)" is wanted at its end/],
    ['id = a', /character 4 \("= a"\) belongs to nothing/],
    ['id == "a', /belongs to nothing; put texts into quotes/],
    ['id in [a', /"," or "\]" is wanted/],
    ['process.exit(1)', /an operator/],
    ['id == `x`', /belongs to nothing/],
    [`${'('.repeat(60)}id == a${')'.repeat(60)}`, /fewer brackets/],
    [`${'not '.repeat(60)}id == a`, /fewer words "not"/],
    [`id == ${'a'.repeat(5000)}`, /at most 4000/],
  ])('%s is refused', (text, message) => {
    expect(() => parseFilter(text)).toThrow(InputError);
    expect(() => parseFilter(text)).toThrow(message);
  });
});

describe('filterByRules(rows, {rules})', () => {
  const rows = [
    {
      conversation_id: 1,
      instruction: 'Add 3:',
      input_quality: 'good',
      instruct_reward: 1,
      min_similar_conversation_id: null,
    },
    {
      conversation_id: 2,
      instruction: 'Add 3.',
      input_quality: 'poor',
      instruct_reward: -11,
      min_similar_conversation_id: 2,
    },
    {
      conversation_id: 3,
      instruction: 'Add 3.',
      input_quality: 'good',
      instruct_reward: 1,
      min_similar_conversation_id: 2,
    },
    {
      conversation_id: 4,
      instruction: 'Add 4.',
      input_quality: 'excellent',
      instruct_reward: 1,
      min_similar_conversation_id: 4,
    },
  ];

  it("applies Magpie's own rules and counts each by itself and as the first", () => {
    const result = filterByRules(rows, { rules: upstreamRules.map(readFilterRule) });
    expect(result.rows.map((kept) => kept.conversation_id)).toEqual([4]);
    expect(result.rules).toEqual([
      { rule: 'quality', kept: 3, dropped: 1, droppedFirst: 1 },
      { rule: 'reward', kept: 3, dropped: 1, droppedFirst: 0 },
      { rule: 'colon', kept: 3, dropped: 1, droppedFirst: 1 },
      { rule: 'repetition', kept: 3, dropped: 1, droppedFirst: 1 },
    ]);
  });

  it('counts the rules on lengths and answers beside them', () => {
    const result = filterByRules([row], {
      rules: listRules({ minInstruction: 20, minResponse: 50, requireAnswer: true }),
    });
    expect(result.rules.map(({ rule, dropped, droppedFirst }) => [rule, dropped, droppedFirst])).toEqual([
      ['instruction-too-short', 1, 1],
      ['response-too-short', 1, 0],
      ['no-answer', 1, 0],
    ]);
  });

  it('refuses two rules of one name', () => {
    const rules = [readFilterRule('a: id == 1'), readFilterRule('a: id == 2')];
    expect(() => filterByRules(rows, { rules })).toThrow('two rules are called "a"');
  });
});
