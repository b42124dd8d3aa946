import { isOwnModel } from '../models/own-models.js';
import { findModelConfig, type ModelConfig } from '../prompts/model-configs.js';
import { findModelThinking } from '../prompts/model-thinking.js';
import { recordedTemplate } from '../prompts/recorded-templates.js';
import { answerDefaults, responsePresets } from './response-presets.js';

/**
 * Token limits where nobody says: of an answer that is graded MetaMath's of MATH (eval_math.py), of a problem and of a solution Magpie's (exp/gen_ins.py, exp/gen_res.py). What
 * its scripts, and those of its fork, set otherwise for a model stands in that model's entry of configs/model_configs.json. Pocket's texts are short.
 */
const usual = { answer: 2048, instruction: 2048, response: responsePresets.magpie.maxTokens, pocketInstruction: 400 };

const inWords = (tokens: number): string => tokens.toLocaleString('en');
const thinking = `${inWords(responsePresets['deepseek-r1'].maxTokens)} of one that thinks`;

export const answerTokensInWords = `${thinking}, ${inWords(usual.answer)} of others, never more than half of its context`;

/** The same of a problem and of a solution. */
export const instructionTokensInWords = `that of the model's entry in configs/model_configs.json, else ${inWords(usual.instruction)}, never more than a quarter of its context; of pocket ${usual.pocketInstruction}`;
export const responseTokensInWords = `${thinking}, else that of the model's entry in configs/model_configs.json or ${inWords(usual.response)}, never more than half of its context; of pocket ${inWords(answerDefaults.maxTokens)}`;

/**
 * The longest answer in tokens that a model is allowed in an evaluation: one that thinks gets what DeepSeek recommends, and each leaves half of
 * its context, where that is known, to the problem.
 */
export function answerTokens(model: string): number {
  if (isShort(model)) return answerDefaults.maxTokens;
  return inRoom(findModelConfig(model), (config) => (thinks(config) ? undefined : usual.answer), usual.answer);
}

/** The longest problem in tokens that a model writes into an open user turn; a quarter of its context at most leaves room for the solution. */
export function instructionTokens(model: string): number {
  if (isShort(model)) return usual.pocketInstruction;
  const ofEntry = ({ instruction_tokens: own }: ModelConfig) => own ?? usual.instruction;
  return inRoom(findModelConfig(model), ofEntry, usual.instruction, 1 / 4);
}

/** The longest solution in tokens that goes into a training set. */
export function responseTokens(model: string): number {
  if (isShort(model)) return answerDefaults.maxTokens;
  const ofEntry = (config: ModelConfig) => config.response_tokens ?? (thinks(config) ? undefined : usual.response);
  return inRoom(findModelConfig(model), ofEntry, usual.response);
}

const isShort = (model: string): boolean => isOwnModel(model) || model.startsWith('replay:');

/** `wanted` of a known model, undefined for as long as a thought may be; bounded by a share of the context. */
function inRoom(
  config: ModelConfig | undefined,
  wanted: (config: ModelConfig) => number | undefined,
  unknown: number,
  share = 1 / 2,
): number {
  if (config === undefined) return unknown;
  const room = Math.floor((config.context_tokens ?? Number.POSITIVE_INFINITY) * share);
  return Math.min(wanted(config) ?? responsePresets['deepseek-r1'].maxTokens, room);
}

function thinks(config: ModelConfig): boolean {
  if (config.thinking !== undefined) return true;
  const template = recordedTemplate(config);
  return template !== undefined && findModelThinking(template) !== undefined;
}
