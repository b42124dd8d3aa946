/** What an endpoint's answer may say in a message, whoever it is. */
export type Message = {
  readonly text: string;
  readonly thinking: string | undefined;
  readonly refusal: string | undefined;
};

/**
 * Reads a message in any of the shapes in use: content as a text, as null beside a refusal, as a list of parts, or as one; the thought as
 * `reasoning_content` (DeepSeek, SGLang, llama.cpp), `reasoning` (vLLM, OpenRouter), `reasoning_details` (OpenRouter), or as parts of
 * the content (Mistral). Undefined for what is no message.
 */
export function readMessage(message: unknown): Message | undefined {
  if (!isObject(message)) return undefined;
  const { content, refusal, reasoning_content, reasoning, reasoning_details, thinking } = message;
  const said = readContent(content);
  if (said === undefined) return undefined;
  const thoughts = [reasoning_content, reasoning, thinking, readDetails(reasoning_details), said.thinking];
  return {
    text: said.text,
    thinking: thoughts.find((thought): thought is string => typeof thought === 'string' && thought.trim() !== ''),
    refusal: typeof refusal === 'string' && refusal !== '' ? refusal : said.refusal,
  };
}

type Parts = { readonly text: string; readonly thinking: string; readonly refusal: string | undefined };

/** The parts of a content, put together by kind. Images and calls of tools are left out. */
export function readContent(content: unknown): Parts | undefined {
  if (content === null || content === undefined) return { text: '', thinking: '', refusal: undefined };
  if (typeof content === 'string') return { text: content, thinking: '', refusal: undefined };
  if (isObject(content)) return readContent([content]);
  if (!Array.isArray(content)) return undefined;
  let [text, thinking] = ['', ''];
  let refusal: string | undefined;
  for (const part of content) {
    if (typeof part === 'string') text += part;
    if (!isObject(part)) continue;
    if (part.type === 'thinking' || part.type === 'reasoning') {
      thinking += textsOf(part.thinking ?? part.content ?? part.text ?? part.summary);
    } else if (part.type === 'refusal') refusal = textsOf(part.refusal);
    else if (typeof part.text === 'string') text += part.text;
  }
  return { text, thinking, refusal };
}

/** A text, or a list of parts with texts. */
export function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.map((part) => (isObject(part) ? textsOf(part.text ?? part.summary) : textsOf(part))).join('');
}

function readDetails(details: unknown): string | undefined {
  return Array.isArray(details) ? textsOf(details) : undefined;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
