import { instructionTokens, responseTokens } from '../../steps/answer-tokens.js';
import { settleResponseSettings } from '../../steps/response-presets.js';
import { wordingTokens } from '../../steps/shared-settings.js';
import type { RecipeSteps } from '../../steps/step.js';

/** What a model holds at once that solves the problems of a recipe: the longest problem, the words around it, and the longest solution. */
export function solvingTokens(
  { temperature: _, ...values }: Parameters<typeof settleResponseSettings>[0],
  { instruct, models }: RecipeSteps,
): number {
  const { problems = '', solutions = problems } = models;
  const { maxTokens: longest = instructionTokens(problems) } = (instruct ?? {}) as { readonly maxTokens?: number };
  const problem = instruct === undefined ? 0 : longest;
  return wordingTokens + problem + settleResponseSettings(values, responseTokens(solutions)).maxTokens;
}
