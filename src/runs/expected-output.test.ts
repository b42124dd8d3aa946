import { describe, expect, it } from 'vitest';
import { expectedOutput } from './expected-output.js';

const records = new Map(Array.from({ length: 8 }, (_, id) => [`${id}`, { completionTokens: 10 + id }]));
const none = new Map();

describe('expectedOutput()', () => {
  it.each([
    ['solve', 'a', undefined, 371],
    ['answers', 'a', 'math', 371],
    ['answers', 'a', 'gsm8k', 77],
    ['rephrase', 'a', 'gsm8k', 57],
    ['judge-0123456789ab', 'a', undefined, 2],
    ['respond', 'https://host/v1#deepseek/deepseek-r1-turbo', undefined, 4717],
    ['respond', 'vllm:deepseek-ai/DeepSeek-R1-Distill-Qwen-7B', 'gsm8k', 4717],
    ['respond', 'vllm:Qwen/Qwen3-8B', 'gsm8k', 4717],
    ['respond', 'vllm:Qwen/Qwen3-8B?thinking=off', 'gsm8k', 77],
    ['respond', 'http://localhost:8000/v1#google/gemma-4-E4B-it', 'gsm8k', 77],
    ['respond', 'http://localhost:8000/v1#google/gemma-4-E4B-it?thinking=on', 'gsm8k', 4717],
    ['respond', 'openrouter:openai/gpt-oss-20b', 'gsm8k', 4717],
    ['respond', 'openai:gpt-5.1?effort=none', 'gsm8k', 77],
    ['respond', 'openai:gpt-4.1', 'gsm8k', 77],
    ['instruct', 'vllm:deepseek-ai/DeepSeek-R1-Distill-Qwen-7B', undefined, 57],
  ])('of %s by %s on %s is %d tokens', (stage, model, dataset, mean) => {
    expect(expectedOutput(stage, { records: none, model, dataset }).mean).toBe(mean);
  });

  it('is the mean of the records where there are eight', () => {
    expect(expectedOutput('solve', { records, model: 'a' })).toEqual({ mean: 13.5, source: '8 records of this run' });
  });
});
