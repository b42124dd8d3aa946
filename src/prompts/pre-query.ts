import { PromptError } from '../errors.js';
import { type ChatTemplate, renderTemplate } from './chat-template.js';

/**
 * Magpie's pre-query text (Xu et al., 2024, section 2): everything that a chat template puts in front of the user's
 * first words. A model that continues it writes a user's question. Derived by rendering a sentinel user turn and
 * cutting in front of it, because hand-written copies go wrong silently. Without `systemPrompt` the text still holds the
 * system turn that some templates write by themselves. With a `history` it opens the user's next turn.
 */
export function derivePreQuery({
  template,
  systemPrompt,
  history = [],
}: {
  readonly template: ChatTemplate;
  readonly systemPrompt?: string;
  readonly history?: readonly { readonly role: string; readonly content: string }[];
}): string {
  const sentinel = '\uE000question\uE001';
  const messages = [
    ...(systemPrompt === undefined ? [] : [{ role: 'system', content: systemPrompt }]),
    ...history,
    { role: 'user', content: sentinel },
  ];
  const text = renderTemplate(messages, template);
  const position = text.indexOf(sentinel);
  if (position <= 0) {
    throw new PromptError(
      'Cannot derive the pre-query text: the chat template puts nothing in front of the user turn, use another model',
    );
  }
  return text.slice(0, position);
}
