import type { Prompt } from '../models/language-model.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { renderPrompt } from '../prompts/render-prompt.js';

/** How a problem is put to a model: a prompt set's `solve`, or a template that is sent as it is. */
export type EvaluationPrompt = Pick<PromptSet, 'name' | 'solve'> & {
  /** `raw`: the text alone, without the model's chat template. @default 'chat' */
  readonly form?: 'chat' | 'raw';
  /** Responses are cut before the first of these. */
  readonly stop?: readonly string[];
};

export function renderEvaluationPrompt({ name, solve, form = 'chat' }: EvaluationPrompt, question: string): Prompt {
  const text = renderPrompt(solve, { name, values: { question } });
  return form === 'raw' ? { raw: text } : { messages: [{ role: 'user', content: text }] };
}
