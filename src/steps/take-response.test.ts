import { describe, expect, it } from 'vitest';
import { settleResponseSettings } from './response-presets.js';
import { chooseSolvePrompt } from './solve-prompt.js';
import { takeResponse } from './take-response.js';

describe('takeResponse(completion)', () => {
  const taken = { response: 'It is \\boxed{4}.', extracted: '4', rule: 'boxed' };
  it.each([
    [{ text: 'It is \\boxed{4}.' }, taken],
    [{ text: '<think>\\boxed{5}</think>It is \\boxed{4}.' }, { ...taken, thinking: '\\boxed{5}' }],
    [
      { text: 'It is \\boxed{4}.', thinking: 'so', logProbability: -3 },
      { ...taken, thinking: 'so', log_probability: -3 },
    ],
    [{ text: '<think>\\boxed{4}' }, { failed: 'open-thinking' }],
    [{ text: '<think>\\boxed{4}</think>' }, { failed: 'empty' }],
    [{ text: 'It is \\boxed{4}.', finishReason: 'length' as const }, { failed: 'length' }],
    [
      { text: 'The answer is: 4\n\nQuestion: Tom', finishReason: 'length' as const },
      { response: 'The answer is: 4', extracted: '4', rule: 'answer-is', ranOn: 15 },
    ],
    // A server that goes on behind its model's turn, ended or cut
    [
      { text: 'The answer is: 4<|im_end|>\n<|im_start|>user\nnext' },
      { response: 'The answer is: 4', extracted: '4', rule: 'answer-is', ranOn: 32 },
    ],
    [
      { text: 'The answer is: 4<|eot_id|>', finishReason: 'length' as const },
      { response: 'The answer is: 4', extracted: '4', rule: 'answer-is', ranOn: 10 },
    ],
    [{ text: '<|im_end|>\n' }, { failed: 'empty' }],
    [
      { text: 'The answer is: 4\n\nQuestion: Tom\n', ranOn: true as const },
      { response: 'The answer is: 4', extracted: '4', rule: 'answer-is', ranOn: 15 },
    ],
    [
      { text: 'The answer is: 4\n\nQuestion: Tom' },
      { response: 'The answer is: 4\n\nQuestion: Tom', extracted: '4', rule: 'answer-is' },
    ],
  ])('%j is kept as %j', (completion, kept) => {
    expect(takeResponse({ finishReason: 'stop', ...completion })).toEqual(kept);
  });
});

describe('settleResponseSettings(options)', () => {
  it.each([
    [{}, { temperature: 0, topP: 1, maxTokens: 1024, directive: undefined }],
    [{ preset: 'deepseek-r1' as const }, { temperature: 0.6, topP: 0.95, maxTokens: 32_768, directive: 'boxed' }],
    [
      { preset: 'deepseek-r1' as const, maxTokens: 8192, temperature: 0.7 },
      { temperature: 0.7, topP: 0.95, maxTokens: 8192, directive: 'boxed' },
    ],
    [{ preset: 'magpie' as const }, { temperature: 0, topP: 1, maxTokens: 4096, directive: 'none' }],
  ])('%j gives %j', (options, settled) => {
    expect(settleResponseSettings(options)).toEqual(settled);
  });

  it.each([
    [undefined, 'pocket', '{question}'],
    ['boxed' as const, 'pocket/boxed', expect.stringContaining('\\boxed{}')],
    ['steps' as const, 'pocket/steps', expect.not.stringContaining('boxed')],
  ])('directive %s asks in the words of %s', (directive, name, solve) => {
    expect(chooseSolvePrompt({ name: 'pocket' }, { promptSet: undefined, directive })).toMatchObject({ name, solve });
  });
});
