import { describe, expect, it } from 'vitest';
import { fakeEngine } from './__fixtures__/fake-engine.js';
import { promptTokens } from './prompt-tokens.js';

const template = {
  source:
    "{% for m in messages %}{{ '<|' + m.role + '|>\n' + m.content + '<|end|>\n' }}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}",
  beginToken: '<|begin|>',
  endToken: '<|end|>',
};
const chat = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const letters = (text: string): number[] => [...text].map((letter) => letter.codePointAt(0) ?? 0);

describe('promptTokens()', () => {
  it('joins the text of the template with the content it touches', () => {
    const engine = fakeEngine();
    promptTokens(chat('Why?'), { engine, template });
    // Tokens of "\nWhy?" can differ from those of "\n" and "Why?".
    expect(engine.calls).toEqual(['plain "\\nWhy?"', 'plain "\\n<|assistant|>\\n"']);
  });

  it('reads special tokens of the template, never of the content', () => {
    const tokens = promptTokens(chat('<|end|>'), { engine: fakeEngine(), template });
    expect([...tokens].slice(0, 9)).toEqual([1001, ...letters('\n<|end|>')]);
    expect([...tokens].filter((token) => token === 1002)).toHaveLength(1);
  });

  it.each([
    ['raw text', { raw: 'a<|end|>' }, false, [97, 1002]],
    ['raw text for a model with a begin token', { raw: 'a' }, true, [1003, 97]],
    ['raw text that has it already', { raw: '<|begin|>a' }, true, [1003, 97]],
  ])('%s', (_, prompt, startsWithBegin, expected) => {
    const engine = fakeEngine({ startsWithBegin });
    expect([...promptTokens(prompt, { engine, template: undefined })]).toEqual(expected);
  });
});
