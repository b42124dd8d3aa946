import { describe, expect, it } from 'vitest';
import { renderEvaluationPrompt } from './evaluation-prompt.js';
import { metamathPreset } from './metamath-preset.js';

describe('metamathPreset(name)', () => {
  it.each([
    ['metamath-gsm8k', 512],
    ['metamath-math', 2048],
  ] as const)('%s is greedy, of %d tokens, graded as published', (name, maxTokens) => {
    expect(metamathPreset(name, { isRaw: true })).toMatchObject({ maxTokens, temperature: 0, grader: name });
  });

  it('stops at the ten published words, bare ones included', () => {
    expect(metamathPreset('metamath-math', { isRaw: true }).prompt.stop).toEqual([
      ...['Question:', 'Question', 'USER:', 'USER', 'ASSISTANT:', 'ASSISTANT'],
      ...['Instruction:', 'Instruction', 'Response:', 'Response'],
    ]);
  });

  it.each([
    { isRaw: true, key: 'raw' },
    { isRaw: false, key: 'messages' },
  ])('asks by $key', ({ isRaw, key }) => {
    const prompt = renderEvaluationPrompt(metamathPreset('metamath-gsm8k', { isRaw }).prompt, 'What is {answer}?');
    expect(Object.keys(prompt)).toEqual([key]);
    expect(JSON.stringify(prompt)).toContain(
      "### Instruction:\\nWhat is {answer}?\\n\\n### Response: Let's think step",
    );
  });
});
