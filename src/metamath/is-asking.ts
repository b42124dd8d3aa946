import { findAskedSentence, isAskingSentence } from '../language/last-sentence.js';

/** Whether a text asks something: it has a question or a command ("Find the sum."). */
export function isAsking(text: string): boolean {
  const asked = findAskedSentence(text);
  return asked !== undefined && isAskingSentence(asked.sentence);
}
