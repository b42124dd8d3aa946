import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectTemplate } from './inspect-template.js';
import { findModelConfig, useUserModels } from './model-configs.js';
import { loadUserModels } from './user-models.js';

const folder = mkdtempSync(join(tmpdir(), 'mathpie-models-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'models.json');
const write = (value: unknown): string => {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

describe('loadUserModels(file)', () => {
  it('takes an entry of Magpie’s own table as it is', () => {
    const models = loadUserModels(
      write({
        'me/mine': {
          model_name: 'me/mine',
          stop_tokens: ['<|im_end|>', '<|im_start|>'],
          stop_token_ids: [7, 8],
          stop_tokens_assistant: ['assistant'],
          pre_query_template: '<|im_start|>user\n',
          pre_query_template_math: '<|im_start|>system\n…',
        },
      }),
    );
    expect(findModelConfig('http://localhost:8000/v1#me/mine', models)).toMatchObject({
      pre_query_template: '<|im_start|>user\n',
      stop_token_ids: [7, 8],
      // Ids of Qwen2 in the original's table stand in another order than its tokens
      special_tokens: { '<|im_end|>': null, '<|im_start|>': null },
      end_token: '<|im_end|>',
    });
  });

  it('calls no string missing of a vocabulary that it does not know', () => {
    const entry = { pre_query_template: '<|begin_of_text|><|user|>', stop_tokens: ['<|end|>'], stop_token_ids: [4] };
    const config = loadUserModels(write({ 'me/mine': entry }))['me/mine'];
    const { specials, faults } = inspectTemplate({ template: undefined, config });
    expect(faults).toEqual([]);
    expect(new Set(specials.map(({ status }) => status))).toEqual(new Set(['unverified']));
  });

  it('is the file that was named, from then on', () => {
    const entry = { pre_query_template: '<|mine|>', stop_tokens: ['<|end|>'] };
    const before = process.env.MATHPIE_MODELS;
    try {
      useUserModels(write({ 'me/named': entry }));
      expect(findModelConfig('http://localhost:8000/v1#me/named')?.pre_query_template).toBe('<|mine|>');
      expect(() => useUserModels(join(folder, 'absent.json'))).toThrow(/absent\.json: it cannot be read as JSON/);
    } finally {
      if (before === undefined) delete process.env.MATHPIE_MODELS;
      else process.env.MATHPIE_MODELS = before;
    }
  });

  it.each([
    ['no JSON', '{"me/mine"', /it cannot be read as JSON/],
    ['no text in front', { 'me/mine': { stop_tokens: ['a'] } }, /me\/mine.*pre_query_template/],
    ['no stop tokens', { 'me/mine': { pre_query_template: 'a', stop_tokens: [] } }, /me\/mine.*stop_tokens/],
  ])('refuses %s with file and entry', (_, value, line) => {
    expect(() => loadUserModels(write(value))).toThrow(line);
    expect(() => loadUserModels(file)).toThrow(file);
  });

  it('is empty where nobody keeps one', () => {
    expect(loadUserModels(join(folder, 'absent.json'))).toEqual({});
  });
});
