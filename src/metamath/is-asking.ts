import { findAskedSentence } from './last-sentence.js';

/** Whether a text ends in something that asks: a question mark, or a command ("Find the sum."). */
export function isAsking(text: string): boolean {
  const sentence = findAskedSentence(text)?.sentence ?? '';
  return sentence.includes('?') || command.test(sentence);
}

const command =
  /^(?:(?:please|then|now)\s+)?(?:find|calculate|compute|determine|solve|evaluate|simplify|express|write|give|work out|factor|expand|convert|round|say|state|name|list|prove|show|what|how|tell)\b/i;
