import { type ChatTemplate, type PromptPiece, renderChat } from '../../prompts/chat-template.js';
import type { Prompt } from '../language-model.js';
import type { Engine } from './llama-engine.js';

/**
 * The tokens of a prompt; ids that are given are taken as they are. In raw text special tokens are recognised; of a chat only the template's own are: the
 * contents of messages are plain text, whatever they look like.
 */
export function promptTokens(
  prompt: Prompt,
  { engine, template }: { readonly engine: Engine; readonly template: ChatTemplate | undefined },
): Uint32Array {
  if ('raw' in prompt && prompt.tokens !== undefined) return Uint32Array.from(prompt.tokens);
  const tokens =
    'raw' in prompt || template === undefined
      ? [...engine.tokenize('raw' in prompt ? prompt.raw : '', { special: true })]
      : joinPlain(renderChat(prompt.messages, { template }), engine).flatMap((part) =>
          typeof part === 'number' ? [part] : [...engine.tokenize(part, { special: false })],
        );
  const [begin] = engine.beginToken === '' ? [] : engine.tokenize(engine.beginToken, { special: true });
  if (engine.startsWithBegin && begin !== undefined && tokens[0] !== begin) tokens.unshift(begin);
  return Uint32Array.from(tokens);
}

/**
 * Special tokens as numbers, and between them stretches of plain text in which the template's words and the contents
 * are joined, because the tokens of `user\n` + content can differ from those of its parts.
 */
function joinPlain(pieces: readonly PromptPiece[], engine: Engine): (string | number)[] {
  const parts: (string | number)[] = [];
  const addText = (text: string): void => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else if (text !== '') parts.push(text);
  };
  for (const { text, special } of pieces) {
    if (!special) {
      addText(text);
      continue;
    }
    let end = 0;
    for (const token of engine.tokenize(text, { special: true })) {
      if (!engine.isControl(token)) continue;
      const written = engine.tokenText(token);
      const start = text.indexOf(written, end);
      if (start === -1) continue; // a begin token that the tokenizer added by itself
      addText(text.slice(end, start));
      parts.push(token);
      end = start + written.length;
    }
    addText(text.slice(end));
  }
  return parts;
}
