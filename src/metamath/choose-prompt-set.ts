import type { LanguageModel } from '../models/language-model.js';
import { loadPromptSet, type PromptSet } from '../prompts/prompt-set.js';

/** A prompt set, its name, or by default `pocket` for the model `pocket` (trained on that wording) and else `instruct`. */
export function choosePromptSet(model: LanguageModel, promptSet: string | PromptSet | undefined): PromptSet {
  const chosen = promptSet ?? (model.name === 'pocket' ? 'pocket' : 'instruct');
  return typeof chosen === 'string' ? loadPromptSet(chosen) : chosen;
}
