import type { ChatMessage, Prompt } from '../models/language-model.js';
import type { PromptKind, PromptSet } from '../prompts/prompt-set.js';
import { renderPrompt, templateVariables } from '../prompts/render-prompt.js';

/**
 * A question in the words of a prompt set: one user turn, after the solved examples of the set as turns of their own. The
 * examples are the same for every question of a kind and come first, so that engines and endpoints which cache prefixes
 * read them once. There is no system turn: not every chat template has one. `variable` is left out where the template
 * does not name it.
 */
export function renderRequest(
  promptSet: PromptSet,
  { kind, values }: { kind: PromptKind; values: Readonly<Record<string, string>> },
): Prompt {
  return { messages: [...examplesOf(promptSet, kind), ask(promptSet, kind, values)] };
}

/** Whether a backward template asks for the unknown by its name; one that does not can only ask for x. */
export function namesVariable(promptSet: PromptSet, kind: PromptKind): boolean {
  return templateVariables(promptSet[kind]).includes('variable');
}

function ask(promptSet: PromptSet, kind: PromptKind, { variable, ...values }: Readonly<Record<string, string>>) {
  const all = variable === undefined || !namesVariable(promptSet, kind) ? values : { ...values, variable };
  const content = renderPrompt(promptSet[kind], { name: `${promptSet.name}/${kind}`, values: all });
  return { role: 'user', content } as const;
}

/** Rendered once: hundreds of thousands of requests share these messages. */
const rendered = new WeakMap<PromptSet, Map<PromptKind, readonly ChatMessage[]>>();

function examplesOf(promptSet: PromptSet, kind: PromptKind): readonly ChatMessage[] {
  const kinds = rendered.get(promptSet) ?? new Map<PromptKind, readonly ChatMessage[]>();
  rendered.set(promptSet, kinds);
  const known = kinds.get(kind);
  if (known !== undefined) return known;
  const messages = (promptSet.examples?.[kind] ?? []).flatMap(({ values, reply }) => [
    ask(promptSet, kind, values),
    { role: 'assistant', content: reply } as const,
  ]);
  kinds.set(kind, messages);
  return messages;
}
