import { describe, expect, it } from 'vitest';
import type { Completion, GenerationRequest, LanguageModel } from '../../models/language-model.js';
import { drawTurns } from './draw-turns.js';
import { problemPattern } from './problem-pattern.js';

const question = 'Tom has 3 pens and buys 4 more. How many pens does Tom have?';

function fake(completions: readonly Partial<Completion>[], asked: GenerationRequest[] = []): LanguageModel {
  return {
    name: 'fake',
    capabilities: { chat: true, raw: true, topLogProbabilities: 20, seed: true },
    preQuery: () => '<user>',
    async *generate(requests) {
      asked.push(...requests);
      const shared = { requestId: 'turns', text: question, promptTokens: 1, completionTokens: 9 };
      for (const [sample, fields] of [...completions.entries()].reverse()) {
        yield { ...shared, sample, finishReason: 'stop', ...fields };
      }
    },
    close: async () => undefined,
  };
}

describe('drawTurns()', () => {
  it('gives every text in the order of the samples, with what the filter says', async () => {
    const texts = [{}, { text: ' Sure! Here it is: ' }, { finishReason: 'length' }] as const;
    const turns = await drawTurns({ model: fake(texts), count: 3 });
    expect(turns.map(({ fault }) => fault)).toEqual([null, 'assistant-voice', 'length']);
    expect(turns[0]).toEqual({ text: question, fault: null, tokens: 9, finishReason: 'stop' });
  });

  it("continues the model's own text, or the one that is given", async () => {
    const asked: GenerationRequest[] = [];
    const model = fake([], asked);
    await drawTurns({ model, count: 2 });
    await drawTurns({ model, count: 2, preQuery: '<other>', likeliest: 3 });
    expect(asked.map(({ prompt }) => prompt)).toEqual([{ raw: '<user>' }, { raw: '<other>' }]);
    expect(asked[1]?.sampling).toMatchObject({ tokenChoices: true, topLogProbabilities: 3 });
  });

  it('says why a model failed', async () => {
    const model = fake([{ finishReason: 'error', error: 'The prompt is empty' }]);
    await expect(drawTurns({ model, count: 1 })).rejects.toThrow('Cannot draw turns from fake: The prompt is empty');
  });
});

describe('problemPattern(text)', () => {
  it.each([
    ['other numbers', 'Tom has 1,250 pens and buys 2/3 more. How many pens does Tom have?', true],
    ['other names', 'Mia has 3 pens and buys 4 more. How many pens does Mia have?', true],
    ['other things', 'Tom has 3 cups and buys 4 more. How many cups does Tom have?', false],
    ['another question', 'Tom has 3 pens and buys 4 more. How many does Tom have?', false],
  ])('%s', (_, text, isSame) => {
    expect(problemPattern(text) === problemPattern(question)).toBe(isSame);
  });
});
