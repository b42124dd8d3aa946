import { PromptError } from '../errors.js';
import type { ChatTemplate } from './chat-template.js';
import { findModelThinking, turnThinking, withVariables } from './model-thinking.js';

/** What a model string asks of the chat template of a model that runs here: `gguf:FILE?thinking=off&effort=low`. */
export type TemplateOptions = {
  /** The model of configs/ whose template stands in place of the file's own. */
  readonly like?: string | undefined;
  /** A file with the template that stands in place of the model's own. */
  readonly chatTemplate?: string | undefined;
  readonly thinking?: 'on' | 'off' | undefined;
  readonly effort?: string | undefined;
  readonly template?: { readonly [name: string]: string | number | boolean } | undefined;
};

/** The template with these options. Throws `PromptError` where it has no such switch. */
export function applyTemplateOptions(
  template: ChatTemplate,
  { thinking, effort, template: variables }: TemplateOptions = {},
  name: string,
): ChatTemplate {
  let changed = variables === undefined ? template : withVariables(template, variables);
  if (thinking !== undefined) {
    const turned = turnThinking(changed, thinking === 'on');
    if (turned === undefined) {
      throw new PromptError(
        `Cannot turn thinking ${thinking} in ${name}: its chat template has no switch for it; leave the option out`,
      );
    }
    changed = turned;
  }
  if (effort === undefined) return changed;
  const variable = findModelThinking(changed)?.effort;
  if (variable === undefined) {
    throw new PromptError(
      `Cannot set the effort of ${name}: its chat template does not ask for one; leave the option out`,
    );
  }
  return withVariables(changed, { [variable]: effort });
}
