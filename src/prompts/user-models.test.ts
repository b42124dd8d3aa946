import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findModelConfig } from './model-configs.js';
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
      special_tokens: { '<|im_end|>': 7, '<|im_start|>': 8 },
      end_token: '<|im_end|>',
    });
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
