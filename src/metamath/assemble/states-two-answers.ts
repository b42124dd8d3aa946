import { isEquivalent } from '../../answers/compare/is-equivalent.js';
import { findAfterPhrase } from '../../answers/extract/find-after-phrase.js';
import { findBoxes } from '../../answers/extract/find-boxes.js';
import { plainAnswer } from './final-line.js';

/**
 * Whether a response contradicts itself: its last box holds one answer, and its words ("The answer is", "####") say another.
 * A grader takes one of them; a student would learn both.
 */
export function statesTwoAnswers(response: string): boolean {
  if (!response.includes('\\boxed') && !response.includes('\\fbox')) return false;
  if (!/####|answer\s{0,3}(?:is|:)/i.test(response)) return false;
  const boxed = findBoxes(response, 'last');
  // In `The answer is \boxed{8}` the box is what the words say.
  const said = findAfterPhrase(response);
  if (typeof boxed !== 'object' || said === undefined) return false;
  const [inBox, inWords] = [plainAnswer(boxed.answer), plainAnswer(said.answer)];
  return inBox !== inWords && !isEquivalent(inBox, inWords).equivalent;
}
