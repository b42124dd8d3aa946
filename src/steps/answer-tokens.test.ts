import { describe, expect, it } from 'vitest';
import { answerTokens } from './answer-tokens.js';

describe('answerTokens(model)', () => {
  it.each([
    ['pocket', 1024],
    ['replay:answers.jsonl', 1024],
    // Half of a context of 4,096
    ['vllm:Qwen/Qwen2.5-Math-7B-Instruct', 2048],
    ['vllm:Qwen/Qwen2.5-7B-Instruct', 2048],
    ['vllm:deepseek-ai/DeepSeek-R1-Distill-Qwen-7B', 32_768],
    ['openai:nobody-knows-it', 2048],
  ])('%s: %i', (model, tokens) => {
    expect(answerTokens(model)).toBe(tokens);
  });
});
