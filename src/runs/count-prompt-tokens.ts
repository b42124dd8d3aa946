import type { Prompt } from '../models/language-model.js';

/** Letters, single digits, runs of anything else, and line ends: what byte-level tokenizers of today split at first. */
const piece = /\p{L}+|\p{N}|[^\s\p{L}\p{N}]+|\n+/gu;

/** What a chat template puts around a message. */
const tokensAroundMessage = 4;

/**
 * An estimate of a prompt's tokens without a tokenizer: the pieces that tokenizers split text into. Beside o200k_base: 3 %
 * too few on GSM8K's questions, 1 % too many on MATH's.
 */
export function countPromptTokens(prompt: Prompt): number {
  if ('raw' in prompt) return prompt.tokens?.length ?? countPieces(prompt.raw);
  return prompt.messages.reduce((sum, { content }) => sum + countPieces(content) + tokensAroundMessage, 0);
}

function countPieces(text: string): number {
  return text.match(piece)?.length ?? 0;
}
