import { readFileSync } from 'node:fs';
import { Template } from '@huggingface/jinja';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../package-root.js';
import { loadPromptSet } from '../prompts/prompt-set.js';
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

/** The template `alpaca` of the recipes for training, read out of python-gpu: string literals that Python joins. */
function trainingTemplate(): Template {
  const code = readFileSync(packagePath('python-gpu', 'mathpie_gpu', 'rows', 'template.py'), 'utf8');
  const [, literals = ''] = /^ALPACA = \(\n([\s\S]*?)^\)/m.exec(code) ?? [];
  const parts = [...literals.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map(([literal]): string => JSON.parse(literal));
  return new Template(parts.join(''));
}

describe('the form of training and the form of evaluation', () => {
  // FOBAR's questions have two lines: as published they train as instruction and input, and are evaluated as one block.
  it.each(['What is 2 + 2?', 'Tom has x pens.\nThe answer to this question is 7. What is the value of x?'])(
    'are the same for %j, but for the suffix that the published evaluation adds',
    (question) => {
      const messages = [{ role: 'user', content: question }];
      const trained = trainingTemplate().render({ messages, bos_token: '', eos_token: '</s>' });
      const prompt = renderEvaluationPrompt(metamathPreset('metamath-gsm8k', { isRaw: true }).prompt, question);
      expect(prompt).toEqual({ raw: `${trained} Let's think step by step.` });
      // With the template that is saved with the model, this is the prompt of training to the letter
      expect(renderEvaluationPrompt(loadPromptSet('bare'), question)).toEqual({ messages });
    },
  );
});
