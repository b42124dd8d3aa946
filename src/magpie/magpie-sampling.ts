import type { LanguageModel } from '../models/language-model.js';
import { isOwnModel } from '../models/own-models.js';
import { findModelConfig } from '../prompts/model-configs.js';
import { instructionTokens, responseTokens } from '../steps/answer-tokens.js';
import { responsePresets } from '../steps/response-presets.js';
import { instruct } from './draw/instruct.js';

export type MagpieSampling = {
  readonly instruction: { readonly temperature: number; readonly topP: number; readonly maxTokens: number };
  readonly response: { readonly temperature: number; readonly topP: number; readonly maxTokens: number };
};

/** So small a model has a context of 512 tokens, and keeps to well-formed problems at 1.0 with the nucleus at 0.95. */
const own: MagpieSampling = {
  instruction: { temperature: 1, topP: 0.95, maxTokens: 300 },
  response: { temperature: 0, topP: 1, maxTokens: 380 },
};

/** Token limits of the notebooks of magpie-reasoning (demo_production: 3,072 and 4,096), heat of the steps, which is that of Magpie's exp/gen_ins.py and gen_res.py. */
const { temperature, topP, maxTokens } = responsePresets.magpie;
const published: MagpieSampling = {
  instruction: {
    temperature: instruct.settings.temperature.fallback,
    topP: instruct.settings.topP.fallback,
    maxTokens: 3072,
  },
  response: { temperature, topP, maxTokens },
};

/**
 * How a model is asked for problems and for solutions where nobody says: one of configs/model_configs.json as its entry has it, any other as Magpie's
 * notebooks do it, and never with more than half of the context, where the engine tells it. The models of data/ have settings of their own.
 */
export async function magpieSampling(model: LanguageModel): Promise<MagpieSampling> {
  const { name } = model;
  if (isOwnModel(name)) return own;
  const { instruction, response } = published;
  const isKnown = findModelConfig(name) !== undefined;
  const half = Math.max(1, Math.floor(((await model.askContext?.()) ?? Number.POSITIVE_INFINITY) / 2));
  const limits = isKnown
    ? [instructionTokens(name), responseTokens(name)]
    : [instruction.maxTokens, response.maxTokens];
  const [problem = half, solution = half] = limits.map((limit) => Math.min(limit, half));
  return { instruction: { ...instruction, maxTokens: problem }, response: { ...response, maxTokens: solution } };
}
