import { PromptError } from '../errors.js';
import { renderBounded } from './bounded-template.js';

/** A stretch of a rendered prompt. Only where `special` is true may a tokenizer read special tokens. */
export type PromptPiece = { readonly text: string; readonly special: boolean };

export type ChatTemplate = {
  readonly source: string;
  readonly beginToken: string;
  readonly endToken: string;
  /** Further variables that it asks for, such as `enable_thinking`. @default none */
  readonly variables?: { readonly [name: string]: string | number | boolean } | undefined;
};

type Message = { readonly role: string; readonly content: string };

/**
 * Renders a model's own Jinja chat template, up to and with the open assistant turn, into pieces that keep the
 * template's text apart from the messages' contents. A question may contain `<|end|>`: as content it is seven
 * characters, never the token that ends a turn.
 *
 * The template only ever sees placeholders, so it cannot look into a content; whether it trims contents is found out
 * by giving the placeholders spaces around them.
 */
export function renderChat(
  messages: readonly Message[],
  { template }: { readonly template: ChatTemplate },
): PromptPiece[] {
  const placeholders = messages.map(({ role }, index) => ({ role, content: ` ${placeholder(index)} ` }));
  const text = renderTemplate(placeholders, template);
  const pieces: PromptPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholderPattern)) {
    const start = match.index ?? 0;
    const content = messages[Number(match[2])]?.content ?? '';
    pieces.push({ text: text.slice(end, start), special: true });
    // A space that did not survive on a side means that the template trims that side.
    const left = match[1] ? content : content.trimStart();
    pieces.push({ text: match[3] ? left : left.trimEnd(), special: false });
    end = start + match[0].length;
  }
  pieces.push({ text: text.slice(end), special: true });
  return pieces.filter((piece) => piece.text !== '');
}

/**
 * The text that a template makes of messages and an open assistant turn; contents are inserted as they are. Throws `PromptError` for roles
 * that the template refuses, and for a template that does without end what no template needs (`renderBounded`).
 */
export function renderTemplate(
  messages: readonly Message[],
  { source, beginToken, endToken, variables }: ChatTemplate,
): string {
  try {
    return renderBounded(source.replaceAll('strftime_now', 'fixed_time'), {
      ...variables,
      messages: [...messages],
      add_generation_prompt: true,
      bos_token: beginToken,
      eos_token: endToken,
      // Llama 3.2 and later write the day of the call otherwise: a run that goes on tomorrow would have other prompts
      date_string: fixedDate,
      fixed_time: (format: string) => format.replace(/%[a-zA-Z]/g, (part) => fixedTime[part] ?? part),
    });
  } catch (cause) {
    const roles = messages.map((message) => message.role).join(', ');
    throw new PromptError(
      `Cannot render the model's chat template for the roles ${roles}: ${firstLine(cause)}, use other roles or raw text`,
      { cause },
    );
  }
}

/** The date that Llama 3.1 to 3.3 fall back on. */
const fixedDate = '26 Jul 2024';
/** The same for templates that format the time themselves, as gpt-oss's does. */
const fixedTime: { readonly [part: string]: string } = {
  '%Y': '2024',
  '%m': '07',
  '%d': '26',
  '%b': 'Jul',
  '%B': 'July',
  '%H': '00',
  '%M': '00',
  '%S': '00',
};

// Private-use characters: no template writes them, and no tokenizer sees them.
const placeholder = (index: number): string => `\uE000${index}\uE001`;
const placeholderPattern = /( ?)\uE000(\d+)\uE001( ?)/g;

const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.replace(/\.$/, '') ?? '';
