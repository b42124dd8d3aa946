import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { type ChatTemplate, renderTemplate } from './chat-template.js';
import { inspectTemplate } from './inspect-template.js';
import { findModelConfig, loadModelConfigs, type ModelConfig, parseModelConfigs } from './model-configs.js';
import { findModelThinking } from './model-thinking.js';
import { loadRecordedTemplates, recordedTemplate } from './recorded-templates.js';

const configs = loadModelConfigs();
const entries = Object.values(configs);
const recorded = entries.filter(({ chat_template }) => chat_template !== null);
const qwen = findModelConfig('Qwen/Qwen2.5-7B-Instruct') as ModelConfig;

describe('configs/model_configs.json', () => {
  it('holds the 34 models of Magpie and 50 more', () => {
    expect(entries.filter(({ upstream_pre_query_template }) => upstream_pre_query_template !== null)).toHaveLength(34);
    expect(entries).toHaveLength(84);
    expect(recorded).toHaveLength(84);
  });

  it.each(recorded.map((config) => [config.model_name, config] as const))(
    '%s: its chat template gives the pre-query text, in special strings of one token each',
    (_, config) => {
      const inspection = inspectTemplate({ template: recordedTemplate(config), config });
      expect(inspection.derived).toBe(config.pre_query_template);
      expect(inspection).toMatchObject({ difference: null, faults: [] });
      const upstreamIsRight = config.upstream_pre_query_template === inspection.derived;
      expect(inspection.upstreamDifference === null).toBe(
        config.upstream_pre_query_template === null || upstreamIsRight,
      );
    },
  );

  it('says of each text that departs from Magpie’s table that it does', () => {
    const departing = entries.filter(
      ({ upstream_pre_query_template: upstream, pre_query_template }) =>
        upstream !== null && upstream !== pre_query_template,
    );
    expect(departing).toHaveLength(21);
    // one more than the word "assistant", which all of them are rid of
    expect(departing.filter(({ corrections }) => corrections.length < 2)).toEqual([]);
  });

  it.each(
    entries.filter(({ thinking }) => thinking !== undefined).map((config) => [config.model_name, config] as const),
  )('%s: its template writes the marks of the family that the table says', (_, config) => {
    const template = recordedTemplate(config);
    expect(template && findModelThinking(template)?.family.name).toBe(config.thinking);
  });

  it.each([
    ['Qwen/Qwen3-8B', false, 'enable_thinking', undefined],
    ['Qwen/Qwen3.5-4B', true, 'enable_thinking', undefined],
    ['Qwen/QwQ-32B', true, undefined, undefined],
    ['openai/gpt-oss-20b', false, undefined, 'reasoning_effort'],
    ['google/gemma-4-E4B-it', false, 'enable_thinking', undefined],
    ['deepseek-ai/DeepSeek-V3.1', false, 'thinking', undefined],
    ['zai-org/GLM-4.5', false, 'enable_thinking', undefined],
    ['HuggingFaceTB/SmolLM3-3B', false, 'enable_thinking', undefined],
    ['allenai/Olmo-3-7B-Think', true, undefined, undefined],
  ])('%s opens the thought: %s; its switch is %s, its effort %s', (name, isOpened, named, effort) => {
    const template = recordedTemplate(findModelConfig(name) as ModelConfig);
    expect(template && findModelThinking(template)).toMatchObject({ isOpened, switch: named, effort });
  });

  it('a thought of the last answer is written where the template keeps it, and one of an earlier answer is not', () => {
    const said = [
      { role: 'user', content: 'Q' },
      { role: 'assistant', content: '<think>\nT\n</think>\n\nA' },
    ];
    const template = recordedTemplate(findModelConfig('Qwen/Qwen3-8B') as ModelConfig) as ChatTemplate;
    expect(renderTemplate(said, template)).toContain('assistant\n<think>\nT\n</think>\n\nA<|im_end|>');
    expect(renderTemplate([...said, { role: 'user', content: 'R' }], template)).toContain('assistant\nA<|im_end|>');
  });

  it('every recorded template is used', () => {
    expect(new Set(recorded.map(({ chat_template }) => chat_template))).toEqual(
      new Set(Object.keys(loadRecordedTemplates())),
    );
  });

  it('pocket is as its tokenizer says', () => {
    const { added_tokens } = JSON.parse(readFileSync(packagePath('data', 'pocket', 'tokenizer.json'), 'utf8'));
    const tokens = new Map<string, number>(
      added_tokens.map((token: { content: string; id: number }) => [token.content, token.id]),
    );
    const config = findModelConfig('pocket') as ModelConfig;
    expect(inspectTemplate({ template: recordedTemplate(config), config, tokens })).toMatchObject({
      derived: '<|user|>',
      faults: [],
      systemRefused: null,
    });
  });
});

describe('inspectTemplate()', () => {
  it('refuses special strings that are none of the vocabulary, as in the table of a fork for DeepSeek-R1', () => {
    const config = { ...(findModelConfig('DeepSeek-R1') as ModelConfig), pre_query_template: '<｜im_start｜>user\n' };
    const { faults } = inspectTemplate({ template: undefined, config });
    expect(faults).toEqual(['"<｜im_start｜>" is no token of the vocabulary: the model would read it as plain text']);
  });

  it('refuses Llama’s tokens in a template for Qwen', () => {
    const source = "{{ '<|start_header_id|>user<|end_header_id|>\n\n' + messages[-1].content }}";
    const { faults, difference } = inspectTemplate({
      template: { source, beginToken: '', endToken: '<|im_end|>' },
      config: qwen,
      tokens: new Map(Object.entries(qwen.special_tokens) as [string, number][]),
    });
    expect(faults).toHaveLength(2);
    expect(difference).toMatchObject({ at: 2 });
  });

  it('names ids that contradict the tokenizer', () => {
    const tokens = new Map([
      ...(Object.entries(qwen.special_tokens) as [string, number][]),
      ['<|im_start|>', 7],
    ] as const);
    expect(inspectTemplate({ template: recordedTemplate(qwen), config: qwen, tokens }).faults).toEqual([
      '"<|im_start|>" is token 7 of the tokenizer and 151644 in the table',
    ]);
  });

  it('leaves plain delimiters alone, and says what has no system turn', () => {
    const llama = findModelConfig('Llama-2-7b-chat-hf') as ModelConfig;
    const { specials } = inspectTemplate({ template: recordedTemplate(llama), config: llama });
    expect(specials).toContainEqual({ text: '[INST]', id: null, status: 'text' });
    const gemma = findModelConfig('gemma-2-9b-it') as ModelConfig;
    expect(inspectTemplate({ template: recordedTemplate(gemma), config: gemma }).systemRefused).toMatch(
      /no system turn/,
    );
  });
});

describe('recorded chat templates', () => {
  const chat = [
    { role: 'system', content: 'S' },
    { role: 'user', content: 'Q1' },
    { role: 'assistant', content: '<think>t</think>A1' },
    { role: 'user', content: 'Q2' },
  ];
  it.each([
    [
      'Qwen2.5-Math-7B-Instruct',
      chat,
      '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\n<think>t</think>A1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\n',
    ],
    [
      'DeepSeek-R1',
      chat,
      '<｜begin▁of▁sentence｜>S<｜User｜>Q1<｜Assistant｜>A1<｜end▁of▁sentence｜><｜User｜>Q2<｜Assistant｜><think>\n',
    ],
    [
      'gemma-2-2b-it',
      chat.slice(1),
      '<bos><start_of_turn>user\nQ1<end_of_turn>\n<start_of_turn>model\n<think>t</think>A1<end_of_turn>\n<start_of_turn>user\nQ2<end_of_turn>\n<start_of_turn>model\n',
    ],
    [
      'Yi-1.5-34B-Chat',
      chat.slice(1),
      '<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\n<think>t</think>A1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\n',
    ],
    [
      'DeepSeek-Coder-V2-Lite-Instruct',
      chat,
      '<｜begin▁of▁sentence｜>S\n\nUser: Q1\n\nAssistant: <think>t</think>A1<｜end▁of▁sentence｜>User: Q2\n\nAssistant:',
    ],
    ['vicuna-7b-v1.5', chat, 'S USER: Q1 ASSISTANT: <think>t</think>A1</s>USER: Q2 ASSISTANT:'],
    ['Nous-Hermes-llama-2-7b', chat.slice(1, 2), '### Instruction:\nQ1\n\n### Response:\n'],
    ['Llama-2-7b-chat-hf', chat.slice(0, 2), '<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nQ1 [/INST]'],
    [
      'Llama-3.2-1B-Instruct',
      chat.slice(0, 2),
      '<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nQ1<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
    ],
  ])('%s', (name, messages, expected) => {
    const template = recordedTemplate(findModelConfig(name) as ModelConfig);
    expect(renderTemplate(messages, template as NonNullable<typeof template>)).toBe(expected);
  });
});

describe('parseModelConfigs()', () => {
  it.each([
    ['no JSON', '{', /not valid JSON/],
    ['an unknown key', { m: { ...qwen, model_name: 'm', tempature: 1 } }, /m\.tempature: unknown key/],
    ['another name', { m: qwen }, /calls itself "Qwen/],
    [
      'a stop token of another model',
      { m: { ...qwen, model_name: 'm', stop_tokens: ['<|eot_id|>'] } },
      /none of its special tokens/,
    ],
    ['other ids', { m: { ...qwen, model_name: 'm', stop_token_ids: [1] } }, /stop_token_ids/],
  ])('%s throws', (_, value, expected) => {
    const json = typeof value === 'string' ? value : JSON.stringify(value);
    expect(() => parseModelConfigs(json)).toThrow(PromptError);
    expect(() => parseModelConfigs(json)).toThrow(expected);
  });
});

describe('findModelConfig()', () => {
  it.each([
    ['vllm:Qwen/Qwen2.5-7B-Instruct', 'Qwen/Qwen2.5-7B-Instruct'],
    ['http://localhost:8000/v1#deepseek-ai/DeepSeek-R1', 'deepseek-ai/DeepSeek-R1'],
    ['qwen2.5-math-7b-instruct', 'Qwen/Qwen2.5-Math-7B-Instruct'],
    ['pocket', 'pocket'],
    ['gpt-5', undefined],
  ])('%s is %s', (model, expected) => {
    expect(findModelConfig(model)?.model_name).toBe(expected);
  });
});
