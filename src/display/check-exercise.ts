import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';
import { verdictBadge } from './verdict-badge.js';

export type Exercise<Answer> = {
  /** What the cell is called in the line that is shown. */
  readonly name: string;
  /** The reader's answer; undefined until there is one. */
  readonly mine: Answer | undefined;
  /** Works out what is right, from what the notebook measured. */
  readonly answer: () => Answer;
  /** Numbers may differ by so much. @default 1e-9 */
  readonly within?: number;
  /** Where to look, for an answer that is wrong or not there yet; it does not give the answer away. */
  readonly hint: string;
};

/** `open`: there is no answer yet. */
type ExerciseVerdict = 'open' | 'right' | 'wrong';

/**
 * Says whether the reader's answer to an exercise is right, with a hint where it is not; the right answer is never shown. An exercise that is
 * still open is no error, so that the notebook runs to its end before anybody has done it.
 *
 * @example checkExercise({ name: 'Exercise 1', mine: undefined, answer: () => 6 * 7, hint: 'multiply' });
 */
export function checkExercise<Answer extends number | string | boolean>(
  { name, mine, answer, within = 1e-9, hint }: Exercise<Answer>,
  screen: Screen = findScreen(),
): void {
  const verdict = judge({ mine, right: answer(), within });
  const { sign, says } = words[verdict];
  const text = says === 'right' ? `${name}: right` : `${name}: ${says}. Hint: ${hint}`;
  showHtml(`<p>${verdictBadge(sign, verdict)} ${renderText(text)}</p>`, { text: `${sign} ${text}` }, screen);
}

const words = {
  open: { sign: '…', says: 'not answered yet' },
  right: { sign: '✓', says: 'right' },
  wrong: { sign: '✗', says: 'not yet' },
} as const;

function judge<Answer>({
  mine,
  right,
  within,
}: {
  readonly mine: Answer | undefined;
  readonly right: Answer;
  readonly within: number;
}): ExerciseVerdict {
  if (mine === undefined) return 'open';
  if (typeof mine === 'number' && typeof right === 'number')
    return Math.abs(mine - right) <= within ? 'right' : 'wrong';
  // "cannot tell" is "cannot-tell"
  const plain = (value: unknown): string =>
    String(value)
      .trim()
      .toLowerCase()
      .replace(/(?<=\S)[\s-]+(?=\S)/g, ' ');
  return plain(mine) === plain(right) ? 'right' : 'wrong';
}
