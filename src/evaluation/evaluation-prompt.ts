import type { Prompt } from '../models/language-model.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import { renderPrompt } from '../prompts/render-prompt.js';
import { renderRequest } from '../steps/render-request.js';

/** How a problem is put to a model: a prompt set's `solve` (after its examples, where it has some), or a template as it is. */
export type EvaluationPrompt = Pick<PromptSet, 'name' | 'solve'> & {
  /** `raw`: the text alone, without the model's chat template. @default 'chat' */
  readonly form?: 'chat' | 'raw';
  /** Responses are cut before the first of these. */
  readonly stop?: readonly string[];
};

export function renderEvaluationPrompt(prompt: EvaluationPrompt, question: string): Prompt {
  const { name, solve, form = 'chat' } = prompt;
  const values = { question };
  if (form === 'raw') return { raw: renderPrompt(solve, { name, values }) };
  // Of a prompt set, solving a problem takes no more than its name, `solve` and examples
  return renderRequest(prompt as PromptSet, { kind: 'solve', values });
}

/** The turns in front of the question, as one text; undefined where there are none. */
export function exampleTurns(prompt: EvaluationPrompt): string | undefined {
  const rendered = renderEvaluationPrompt(prompt, '');
  if ('raw' in rendered || rendered.messages.length < 2) return undefined;
  return JSON.stringify(rendered.messages.slice(0, -1));
}
