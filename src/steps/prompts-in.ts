import type { Language } from '../language/translate.js';
import { isOwnModel } from '../models/own-models.js';

/**
 * The prompt set of a step that solves or judges: the one that is named, else the one of the language. Undefined leaves the choice to the
 * model; ours have their own, which they were trained on, in English.
 */
export function promptsIn(
  language: Language,
  { prompts, model }: { readonly prompts: string | undefined; readonly model: string | undefined },
): string | undefined {
  if (prompts !== undefined || language === 'en' || model === undefined || isOwnModel(model)) return prompts;
  return `instruct-${language}`;
}
