import type { Language } from '../language/translate.js';
import type { LanguageModel } from '../models/language-model.js';
import { isOwnModel } from '../models/own-models.js';
import { loadPromptSet, type PromptSet, promptSetNames } from '../prompts/prompt-set.js';

/**
 * A prompt set, its name, or by default `pocket` for the models of our own (trained on that wording), else the one named like
 * the data set (`gsm8k`, `math`), else `instruct`; in another language than English the set `NAME-LANGUAGE` of these.
 */
export function choosePromptSet(
  model: Pick<LanguageModel, 'name'>,
  promptSet: string | PromptSet | undefined,
  dataset?: string,
  language: Language = 'en',
): PromptSet {
  const chosen = promptSet ?? defaultName(model.name, dataset, language);
  return typeof chosen === 'string' ? loadPromptSet(chosen) : chosen;
}

function defaultName(model: string, dataset: string | undefined, language: Language): string {
  if (isOwnModel(model)) return 'pocket';
  const known = promptSetNames();
  const name = dataset !== undefined && dataset !== 'pocket' && known.includes(dataset) ? dataset : 'instruct';
  return language === 'en' ? name : `${name}-${language}`;
}
