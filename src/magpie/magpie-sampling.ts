import type { LanguageModel } from '../models/language-model.js';
import { isOwnModel } from '../models/own-models.js';
import { findModelConfig } from '../prompts/model-configs.js';
import { answerTokens } from '../steps/answer-tokens.js';

export type MagpieSampling = {
  readonly instruction: { readonly temperature: number; readonly topP: number; readonly maxTokens: number };
  readonly response: { readonly temperature: number; readonly topP: number; readonly maxTokens: number };
};

/** So small a model has a context of 512 tokens, and keeps to well-formed problems at 1.0 with the nucleus at 0.95. */
const own: MagpieSampling = {
  instruction: { temperature: 1, topP: 0.95, maxTokens: 300 },
  response: { temperature: 0, topP: 1, maxTokens: 380 },
};

/** Token limits of the notebooks of magpie-reasoning (demo_production: 3,072 and 4,096), heat of Magpie's exp/gen_ins.py and gen_res.py. */
const published: MagpieSampling = {
  instruction: { temperature: 1, topP: 1, maxTokens: 3072 },
  response: { temperature: 0, topP: 1, maxTokens: 4096 },
};

/**
 * How a model is asked for problems and for solutions where nobody says: as Magpie's notebooks do it, one that thinks with the room that
 * it needs, and never more than half of the context where that is known. The models of data/ have settings of their own.
 */
export async function magpieSampling(model: LanguageModel): Promise<MagpieSampling> {
  if (isOwnModel(model.name)) return own;
  const told = findModelConfig(model.name)?.context_tokens ?? (await model.askContext?.());
  const half = told == null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(told / 2));
  const { instruction, response } = published;
  const wanted = Math.max(response.maxTokens, answerTokens(model.name));
  return {
    instruction: { ...instruction, maxTokens: Math.min(instruction.maxTokens, half) },
    response: { ...response, maxTokens: Math.min(wanted, half) },
  };
}
