import type { Language } from '../language/translate.js';

/**
 * The prompt set of a command that solves or judges: the one named by `--prompts`, else the one of `--language`. Undefined
 * leaves the choice to the model; `pocket` has its own, which it was trained on, in English.
 */
export function promptsIn(
  language: Language,
  { prompts, model }: { readonly prompts: string | undefined; readonly model: string | undefined },
): string | undefined {
  if (prompts !== undefined || language === 'en' || model === undefined || model === 'pocket') return prompts;
  return `instruct-${language}`;
}
