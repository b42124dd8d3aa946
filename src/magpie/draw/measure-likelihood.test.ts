import { describe, expect, it } from 'vitest';
import { measureLikelihood } from './measure-likelihood.js';

const drawn = (logProbabilities: readonly number[]) => ({
  completionTokens: logProbabilities.length,
  tokenChoices: logProbabilities.map((logProbability, id) => ({ id, token: 'x', logProbability, likeliest: [] })),
});

describe('measureLikelihood()', () => {
  it.each([
    ['one stretch where the text is short', [-1, -3], { meanLogProbability: -2, worstStretch: -2 }],
    [
      'a stretch that fell apart in a likely text',
      [...Array(20).fill(0), ...Array(8).fill(-9), ...Array(20).fill(0)],
      { meanLogProbability: -1.5, worstStretch: -9 },
    ],
    ['a token that cannot be', [Number.NEGATIVE_INFINITY, 0], { meanLogProbability: -15, worstStretch: -15 }],
  ])('%s', (_, logProbabilities, expected) => {
    expect(measureLikelihood(drawn(logProbabilities))).toEqual(expected);
  });

  it('takes the sum where the engine tells no more, and nothing where it tells nothing', () => {
    expect(measureLikelihood({ completionTokens: 4, logProbability: -6 })).toEqual({ meanLogProbability: -1.5 });
    expect(measureLikelihood({ completionTokens: 4 })).toBeUndefined();
    expect(measureLikelihood({ completionTokens: 0, logProbability: 0 })).toBeUndefined();
  });
});
