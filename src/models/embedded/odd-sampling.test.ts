import { describe, expect, it } from 'vitest';
import type { Sampling } from '../language-model.js';
import { oddSampling } from './odd-sampling.js';

describe('oddSampling(sampling)', () => {
  it.each<[Partial<Sampling>, string | undefined]>([
    [{}, undefined],
    [{ temperature: 0, firstTemperature: 2, topP: 0, minP: 1, seed: -1, topLogProbabilities: 5 }, undefined],
    [{ maxTokens: Number.POSITIVE_INFINITY }, undefined],
    [{ maxTokens: 0 }, 'Cannot draw with maxTokens 0, give a whole number above 0'],
    [{ maxTokens: 2.5 }, 'Cannot draw with maxTokens 2.5, give a whole number above 0'],
    // It kept the engine busy for ever
    [{ maxTokens: Number.NaN }, 'Cannot draw with maxTokens NaN, give a whole number above 0'],
    [{ temperature: -1 }, 'Cannot draw with temperature -1, give 0 (greedy) or more'],
    [{ temperature: Number.NaN }, 'Cannot draw with temperature NaN, give 0 (greedy) or more'],
    [{ firstTemperature: -1 }, 'Cannot draw with firstTemperature -1, give 0 (greedy) or more'],
    [{ topP: 1.5 }, 'Cannot draw with topP 1.5, give from 0 to 1'],
    [{ topP: Number.NaN }, 'Cannot draw with topP NaN, give from 0 to 1'],
    [{ minP: -0.1 }, 'Cannot draw with minP -0.1, give from 0 to 1'],
    [{ seed: Number.NaN }, 'Cannot draw with seed NaN, give a whole number'],
    [{ topLogProbabilities: -2 }, 'Cannot draw with topLogProbabilities -2, give a whole number from 0 on'],
  ])('%j: %s', (sampling, expected) => {
    expect(oddSampling({ temperature: 1, maxTokens: 10, ...sampling })).toBe(expected);
  });
});
