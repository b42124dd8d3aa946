import { findAskedSentence, isAskingSentence } from '../metamath/last-sentence.js';

export type InstructionFault =
  | 'length'
  | 'empty'
  | 'leaked-tokens'
  | 'assistant-voice'
  | 'answer-bleed'
  | 'trailing-colon'
  | 'no-question'
  | 'no-quantity';

/**
 * What is wrong with a text that a model wrote into an open user turn, or undefined when it is a whole problem. These
 * are the defects of real Magpie output: turns that hit the length limit, special tokens of another template, the
 * answer running on in the question, text cut at a colon, the assistant speaking. Duplicates are found later, by order.
 */
export function checkInstruction({
  text,
  finishReason,
}: {
  text: string;
  finishReason: 'stop' | 'length' | 'error';
}): InstructionFault | undefined {
  const instruction = text.trim();
  if (finishReason !== 'stop') return 'length';
  if (instruction === '') return 'empty';
  if (specialToken.test(instruction)) return 'leaked-tokens';
  if (assistantVoice.test(instruction)) return 'assistant-voice';
  if (answerBegins.test(instruction)) return 'answer-bleed';
  if (/[:：]$/.test(instruction)) return 'trailing-colon';
  const asked = findAskedSentence(instruction);
  if (asked === undefined || !isAskingSentence(asked.sentence)) return 'no-question';
  if (reasons.test(instruction.slice(asked.span[1]))) return 'answer-bleed';
  return quantity.test(instruction) ? undefined : 'no-quantity';
}

/** Two problems with the same normal form are the same problem: case, white space and the last mark do not count. */
export function normalInstruction(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.?!]+$/, '');
}

/** Delimiters of every family's template: Llama 3, ChatML, DeepSeek (U+FF5C), Mistral, Gemma, Llama 2, thinking. */
const specialToken =
  /<[|｜][^<>\n]{1,40}[|｜]>|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|<\/?think>|<\/?(?:bos|eos|pad|unk)>/;
const assistantVoice =
  /^(?:sure|certainly|of course|absolutely|okay|great question|hello|hi)\b[,!. ]|^here(?:'s|’s| is| are)\b|\bas an ai\b|\bi(?:'m|’m| am) (?:sorry|happy to|an ai|here to)|\bhow (?:can|may) i (?:help|assist)|^assistant\b/i;
const answerBegins =
  /\\boxed\b|^\s*(?:\*\*)?(?:answer|solution|explanation|step 1)\b(?:\*\*)?\s*[:.]|\bthe (?:final )?answer is\b(?! (?:the|what))|\bto (?:solve|find|determine|answer) (?:this|the|for|how)\b[^?\n]{0,120}, (?:we|you|let)\b|\blet(?:'s|’s| us) (?:solve|break|think|start by|first|work)\b|#### |\n\s*(?:step 1|first, we|solution:|answer:)/im;
/** What comes after the question may give units or hints, but somebody who reasons is answering. */
const reasons =
  /\b(?:we|let's|let us|let’s|i will|i can|therefore|thus|hence|first,|so,? the|this means|is given by)\b/i;
const quantity =
  /[0-9]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|half|twice|third|quarter|percent)\b|\\frac|\^/i;
