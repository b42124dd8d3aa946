import { type ChatTemplate, renderTemplate } from './chat-template.js';
import { loadThinkingFamilies, type ThinkingFamily } from './thinking-families.js';

/** How a model thinks, as its chat template tells. */
export type ModelThinking = {
  readonly family: ThinkingFamily;
  /** The prompt ends inside a thought, so that a reply holds the closing mark alone. */
  readonly isOpened: boolean;
  /** The variable of the template that turns thinking on and off; undefined where it has none. */
  readonly switch: 'enable_thinking' | 'thinking' | undefined;
  /** The variable that says how much to think; undefined where there is none. */
  readonly effort: 'reasoning_effort' | 'thinking_effort' | undefined;
};

/** Reads a template for the marks of thinking; undefined where it holds none. */
export function findModelThinking(template: ChatTemplate): ModelThinking | undefined {
  const { source } = template;
  // Marks that hold others go first: what a template of theirs quotes of other families does not count
  const families = [...loadThinkingFamilies()].sort((left, right) => right.close.length - left.close.length);
  const family = families.find(({ open, close }) => [open, close].some((mark) => writes(source, mark)));
  if (family === undefined) return undefined;
  return {
    family,
    isOpened: endsInside(template, family),
    switch: (['enable_thinking', 'thinking'] as const).find(
      (name) => isVariable(source, name) && turns(template, name),
    ),
    effort: (['reasoning_effort', 'thinking_effort'] as const).find((name) => isVariable(source, name)),
  };
}

/** The template with its switch turned, where it has one; undefined where it cannot be turned. */
export function turnThinking(template: ChatTemplate, isOn: boolean): ChatTemplate | undefined {
  const name = findModelThinking(template)?.switch;
  return name === undefined ? undefined : withVariables(template, { [name]: isOn });
}

/** Whether a model thinks where nobody turns its switch: its prompt is another than with thinking off, or there is no switch. */
export function thinksWhenAsked(template: ChatTemplate): boolean {
  const off = turnThinking(template, false);
  return off === undefined || promptOf(off) !== promptOf(template);
}

/** The template with values of its variables beside those that it has. */
export const withVariables = (template: ChatTemplate, variables: ChatTemplate['variables']): ChatTemplate => ({
  ...template,
  variables: { ...template.variables, ...variables },
});

/** Marks may be put together of pieces: gpt-oss writes its channel's name after the channel's token. */
function writes(source: string, mark: string): boolean {
  if (source.includes(mark)) return true;
  return mark.startsWith('<|open|>') && source.includes("open_tag('think')");
}

/** A variable stands in a statement, and is no field of a message. */
function isVariable(source: string, name: string): boolean {
  const named = new RegExp(`(?<![.\\w'"])${name}\\b(?!['"])`);
  return (source.match(/\{%[^%]*%\}/g) ?? []).some((statement) => named.test(statement));
}

/** Some templates use such a name for something of their own: a switch is one that changes the prompt. */
function turns(template: ChatTemplate, name: string): boolean {
  const [on, off] = [true, false].map((value) => promptOf(withVariables(template, { [name]: value })));
  return on !== undefined && on !== off;
}

const asked = '\uE000';

/** What a template makes of one user's turn; undefined where it refuses that. */
function promptOf(template: ChatTemplate): string | undefined {
  try {
    return renderTemplate([{ role: 'user', content: asked }], template);
  } catch {
    return undefined;
  }
}

function endsInside(template: ChatTemplate, { open, close }: ThinkingFamily): boolean {
  const text = promptOf(template) ?? '';
  const prompt = text.slice(text.indexOf(asked));
  return prompt.lastIndexOf(open) > prompt.lastIndexOf(close);
}
