import { isOwnModel } from '../models/own-models.js';
import { findModelConfig, type ModelConfig } from '../prompts/model-configs.js';
import { findModelThinking } from '../prompts/model-thinking.js';
import { recordedTemplate } from '../prompts/recorded-templates.js';
import { answerDefaults, responsePresets } from './response-presets.js';

/** Of a model that writes its steps and the answer: what MetaMath allows on MATH (eval_math.py), and Magpie's fork for solutions. */
const usual = 2048;

export const answerTokensInWords = `${responsePresets['deepseek-r1'].maxTokens.toLocaleString('en')} of one that thinks, ${usual.toLocaleString('en')} of others, never more than half of its context`;

/**
 * The longest answer in tokens that a model is allowed where nobody says: one that thinks gets what DeepSeek recommends, and each leaves half of
 * its context, where that is known, to the problem. Pocket's answers are short.
 */
export function answerTokens(model: string): number {
  if (isOwnModel(model) || model.startsWith('replay:')) return answerDefaults.maxTokens;
  const config = findModelConfig(model);
  const room = config?.context_tokens ?? Number.POSITIVE_INFINITY;
  const wanted = config !== undefined && thinks(config) ? responsePresets['deepseek-r1'].maxTokens : usual;
  return Math.min(wanted, Math.floor(room / 2));
}

function thinks(config: ModelConfig): boolean {
  if (config.thinking !== undefined) return true;
  const template = recordedTemplate(config);
  return template !== undefined && findModelThinking(template) !== undefined;
}
