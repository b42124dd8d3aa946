import type { LanguageModel } from '../models/language-model.js';
import { loadPromptSet, type PromptSet, promptSetNames } from '../prompts/prompt-set.js';

/**
 * A prompt set, its name, or by default `pocket` for the model `pocket` (trained on that wording), else the one named like
 * the data set (`gsm8k`, `math`), else `instruct`.
 */
export function choosePromptSet(
  model: Pick<LanguageModel, 'name'>,
  promptSet: string | PromptSet | undefined,
  dataset?: string,
): PromptSet {
  const chosen = promptSet ?? defaultName(model.name, dataset);
  return typeof chosen === 'string' ? loadPromptSet(chosen) : chosen;
}

function defaultName(model: string, dataset: string | undefined): string {
  if (model === 'pocket') return 'pocket';
  return dataset !== undefined && dataset !== 'pocket' && promptSetNames().includes(dataset) ? dataset : 'instruct';
}
