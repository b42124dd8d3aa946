import { splitThinking } from '../answers/extract/split-thinking.js';
import { findModelConfig } from './model-configs.js';
import { findModelThinking } from './model-thinking.js';
import { recordedTemplate } from './recorded-templates.js';
import { loadThinkingFamilies, type ThinkingFamily, thinkingFamily, writeThinking } from './thinking-families.js';

/** What a training set does with what a model thought: writes it in the marks of a family, or leaves it out. */
export type ThinkingChoice = { readonly keeps: false } | { readonly keeps: true; readonly family: ThinkingFamily };

export const dropThinking: ThinkingChoice = { keeps: false };

/** An assistant's turn of a training set. */
export type AssistantTurn = {
  readonly role: 'assistant';
  readonly content: string;
  readonly thinking?: string;
  readonly reasoning_content?: string;
};

/**
 * The choice of a setting. `target`: the model that will be trained, whose template says how a thought is marked, or a family of
 * configs/thinking.json; by default `<think>`. Throws `PromptError` for a model that is known not to think.
 */
export function chooseThinking({
  thinking,
  target,
}: {
  readonly thinking: 'keep' | 'drop';
  readonly target?: string | undefined;
}): ThinkingChoice {
  if (thinking === 'drop') return dropThinking;
  const families = loadThinkingFamilies();
  const [usual] = families;
  if (target === undefined && usual !== undefined) return { keeps: true, family: usual };
  const config = findModelConfig(target ?? '');
  const template = config === undefined ? undefined : recordedTemplate(config);
  const own = template === undefined ? undefined : findModelThinking(template)?.family;
  return { keeps: true, family: own ?? thinkingFamily(config?.thinking ?? target ?? '') };
}

/** A turn of a conversation. What stands in the text between marks is thought, whoever left it there. */
export function toAssistantTurn(
  said: { readonly thinking?: string | null | undefined; readonly response: string },
  choice: ThinkingChoice,
): AssistantTurn {
  const { thinking, response } = apart(said);
  if (!choice.keeps || thinking === undefined) return { role: 'assistant', content: response };
  const { family } = choice;
  if (family.field !== null) return { role: 'assistant', [family.field]: thinking, content: response };
  return { role: 'assistant', content: writeThinking({ thinking, response }, family) };
}

/** The same as one text, for sets whose rows have no turns. */
export function toAssistantText(
  said: { readonly thinking?: string | null | undefined; readonly response: string },
  choice: ThinkingChoice,
): string {
  const { thinking, response } = apart(said);
  return choice.keeps ? writeThinking({ thinking, response }, choice.family) : response;
}

/** Rows of earlier versions, and of others, hold thoughts in their responses. A reply that is all thought stays as it is. */
function apart({ thinking, response }: { readonly thinking?: string | null | undefined; readonly response: string }): {
  readonly thinking: string | undefined;
  readonly response: string;
} {
  const split = splitThinking(response);
  const isPlain = split.thinking === undefined || split.isOpen;
  const own = thinking === null || thinking?.trim() === '' ? undefined : thinking;
  return isPlain ? { thinking: own, response } : { thinking: own ?? split.thinking, response: split.response };
}
