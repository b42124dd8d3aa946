import { describe, expect, it } from 'vitest';
import { loadPromptSet } from '../prompts/prompt-set.js';
import { renderRequest } from '../steps/render-request.js';
import { checkRephrasing } from './check-rephrasing.js';
import { checkStatement } from './check-statement.js';
import { maskQuantities } from './mask-quantities.js';

const sets = ['gsm8k', 'gsm8k-ja', 'math'].map((name) => loadPromptSet(name));

describe.each(sets)('the examples of $name', (set) => {
  const { examples = {} } = set;

  it('hold eight of each kind, as the published files do', () => {
    const counts = Object.entries(examples).map(([kind, list]) => [kind, list.length === 8]);
    const kinds = ['solve', 'rephrase', 'statement', 'backward-fobar', 'backward-self-verification'];
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(kinds.map((kind) => [kind, true])));
  });

  it.each(examples.rephrase ?? [])('rephrase as a rephrasing has to be: $reply', ({ values, reply }) => {
    expect(checkRephrasing({ original: values.question ?? '', rephrased: reply })).toBeUndefined();
  });

  it.each(examples.statement ?? [])('state the answer: $reply', ({ values, reply }) => {
    const { question = '', answer = '' } = values;
    expect(checkStatement({ statement: reply, answer, question })).toBe(
      /\bx\b/.test(question) ? 'unknown-taken' : undefined,
    );
    expect(checkStatement({ statement: reply, answer, question, variable: 'y' })).toBeUndefined();
  });

  it.each(['backward-fobar', 'backward-self-verification'] as const)('%s: the mask is one that we make', (kind) => {
    for (const { values, gold = '' } of examples[kind] ?? []) {
      const { masked = '', variable = '', answer = '' } = values;
      const question = masked.replace(new RegExp(`(?<![a-z\\\\])${variable}(?![a-z])`), gold);
      const masks = maskQuantities(question, { alongside: answer }).map((mask) => [mask.masked, mask.variable]);
      expect(masks).toContainEqual([masked, variable]);
    }
  });

  it('come first, the same messages for every question, and are as long as endpoints want for caching', () => {
    const [first, second] = ['How many?', 'How much?'].map((question) => {
      const prompt = renderRequest(set, { kind: 'solve', values: { question } });
      return 'messages' in prompt ? prompt.messages : [];
    });
    expect(first?.slice(0, -1)).toEqual(second?.slice(0, -1));
    expect(first?.map(({ role }) => role)).toEqual([...Array(8).fill(['user', 'assistant']).flat(), 'user']);
    expect(first?.[0]).toBe(second?.[0]);
  });
});
