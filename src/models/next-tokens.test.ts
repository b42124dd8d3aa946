import { describe, expect, it } from 'vitest';
import type { Completion, LanguageModel } from './language-model.js';
import { nextTokens } from './next-tokens.js';

const shared = { requestId: 'next-token', sample: 0, text: 'a', promptTokens: 1, completionTokens: 1 };

function fake({ most = 3, ...fields }: Partial<Completion> & { most?: number } = {}): LanguageModel {
  return {
    name: 'fake',
    capabilities: { chat: true, raw: true, topLogProbabilities: most, seed: true },
    async *generate([request]) {
      const firstToken = ['a', 'b', 'c']
        .slice(0, request?.sampling.topLogProbabilities)
        .map((token, index) => ({ token, logProbability: Math.log(0.5 / 2 ** index) }));
      yield { ...shared, finishReason: 'length', firstToken, ...fields };
    },
    close: async () => undefined,
  };
}

describe('nextTokens(model, prompt)', () => {
  it('gives probabilities, best first', async () => {
    const found = await nextTokens(fake(), { raw: '<|user|>' }, { count: 2 });
    expect(found).toEqual([
      { token: 'a', probability: 0.5 },
      { token: 'b', probability: 0.25 },
    ]);
  });

  it('gives as many as the engine tells', async () => {
    expect(await nextTokens(fake(), { raw: '<|user|>' }, { count: 99 })).toHaveLength(3);
  });

  it.each([
    ['a model that tells none', fake({ most: 0 }), /tells no probabilities, use pocket/],
    [
      'a prompt that it cannot read',
      fake({ finishReason: 'error', error: 'The prompt is empty' }),
      /: The prompt is empty$/,
    ],
  ])('refuses %s', async (_, model, expected) => {
    await expect(nextTokens(model, { raw: '' })).rejects.toThrow(expected);
  });
});
