import { InputError } from '../errors.js';
import { findModelConfig } from '../prompts/model-configs.js';
import { settleResponseSettings } from '../steps/response-presets.js';
import type { MagpieRecipe } from './recipe-schema.js';

/** What a chat template and the wording of a task put around a problem, and a system prompt in front of one, in tokens. */
const wordingTokens = 200;

/**
 * Throws `InputError` where a model of configs/model_configs.json has no room for what a step asks of it: the longest problem,
 * the words around it and the longest solution together. Of other models nothing is known.
 */
export function checkTokenLimits({ models, instruct, respond, candidates }: MagpieRecipe): void {
  const solver = models.solutions ?? models.problems;
  const solving = wordingTokens + instruct.maxTokens;
  const needs = [
    { step: 'instruct', model: models.problems, tokens: wordingTokens + instruct.maxTokens },
    ...(respond === undefined
      ? []
      : [{ step: 'respond', model: solver, tokens: solving + settleResponseSettings(respond).maxTokens }]),
    ...(candidates === undefined
      ? []
      : [{ step: 'candidates', model: solver, tokens: solving + settleResponseSettings(candidates).maxTokens }]),
  ];
  for (const { step, model, tokens } of needs) {
    const room = findModelConfig(model)?.context_tokens;
    // Pocket's problems and answers are known to be short, and its engine knows its context
    if (room == null || model === 'pocket' || tokens <= room) continue;
    throw new InputError(
      `Cannot run ${step} with ${model}: it needs up to ${tokens} tokens (problem, wording and solution) and the model's context holds ${room}; lower ${step}.maxTokens`,
    );
  }
}
