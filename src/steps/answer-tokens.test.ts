import { describe, expect, it } from 'vitest';
import { answerTokens, instructionTokens, responseTokens } from './answer-tokens.js';

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

describe('instructionTokens(model) and responseTokens(model)', () => {
  it.each([
    ['pocket', 400, 1024],
    ['gguf:model.gguf', 2048, 4096],
    ['vllm:Qwen/Qwen2.5-3B-Instruct', 2048, 4096],
    // magpie-llama3.1-8b.sh, magpie-gemma2-9b.sh, and the fork's magpie-deepseek-r1.sh
    ['vllm:meta-llama/Meta-Llama-3.1-8B-Instruct', 1024, 4096],
    ['vllm:google/gemma-2-9b-it', 512, 2048],
    ['http://localhost:8000/v1#deepseek-ai/DeepSeek-R1', 3072, 32_768],
    // A quarter and a half of a context of 4,096
    ['vllm:Qwen/Qwen2.5-Math-72B-Instruct', 1024, 2048],
  ])('%s: %i and %i', (model, instruction, response) => {
    expect(instructionTokens(model)).toBe(instruction);
    expect(responseTokens(model)).toBe(response);
  });
});
