import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../models/language-model.js';
import { responsePresets } from '../steps/response-presets.js';
import { instruct } from './draw/instruct.js';
import { magpieSampling } from './magpie-sampling.js';

const named = (name: string, context?: number) =>
  ({ name, ...(context === undefined ? {} : { askContext: async () => context }) }) as LanguageModel;

describe('magpieSampling(model)', () => {
  it.each([
    ['pocket has settings of its own', named('pocket', 512), [300, 380]],
    ['the notebooks’ limits', named('http://localhost:8000/v1#somebody/model'), [3072, 4096]],
    [
      'half of the context, where a server tells it',
      named('http://localhost:8000/v1#somebody/model', 4000),
      [2000, 2000],
    ],
    ['the limits of its entry in configs/', named('vllm:meta-llama/Meta-Llama-3-8B-Instruct'), [2048, 4096]],
    ['a model that thinks has room to do so', named('vllm:deepseek-ai/DeepSeek-R1'), [3072, 32_768]],
  ])('%s', async (_, model, expected) => {
    const { instruction, response } = await magpieSampling(model);
    expect([instruction.maxTokens, response.maxTokens]).toEqual(expected);
  });

  it('draws as warm as the step instruct does where nobody says, and solves as the preset does', async () => {
    const { temperature, topP } = instruct.settings;
    const { instruction, response } = await magpieSampling(named('somebody/model'));
    expect(instruction).toMatchObject({ temperature: temperature.fallback, topP: topP.fallback });
    expect(response).toMatchObject({
      temperature: responsePresets.magpie.temperature,
      topP: responsePresets.magpie.topP,
    });
  });
});
