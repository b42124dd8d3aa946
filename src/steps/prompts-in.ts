import type { Language } from '../language/translate.js';

/**
 * The prompt set of a step that solves or judges: the one that is named, else the one of the language. Undefined leaves the choice to the
 * model; `pocket` has its own, which it was trained on, in English.
 */
export function promptsIn(
  language: Language,
  { prompts, model }: { readonly prompts: string | undefined; readonly model: string | undefined },
): string | undefined {
  if (prompts !== undefined || language === 'en' || model === undefined || model === 'pocket') return prompts;
  return `instruct-${language}`;
}
