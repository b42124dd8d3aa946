import type { Prompt } from '../models/language-model.js';
import type { PromptKind, PromptSet } from '../prompts/prompt-set.js';
import { renderPrompt } from '../prompts/render-prompt.js';

/** One user turn in the words of a prompt set. */
export function renderRequest(
  promptSet: PromptSet,
  { kind, values }: { kind: PromptKind; values: Readonly<Record<string, string>> },
): Prompt {
  const content = renderPrompt(promptSet[kind], { name: `${promptSet.name}/${kind}`, values });
  return { messages: [{ role: 'user', content }] };
}
