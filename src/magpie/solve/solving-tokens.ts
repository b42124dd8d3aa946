import { settleResponseSettings } from '../../steps/response-presets.js';
import { wordingTokens } from '../../steps/shared-settings.js';

/** What a model holds at once that solves the problems of a recipe: the longest problem, the words around it, and the longest solution. */
export function solvingTokens(
  { temperature: _, ...values }: Parameters<typeof settleResponseSettings>[0],
  instruct: unknown,
): number {
  const { maxTokens: problem = 0 } = (instruct ?? {}) as { readonly maxTokens?: number };
  return wordingTokens + problem + settleResponseSettings(values).maxTokens;
}
