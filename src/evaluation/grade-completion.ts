import { endAtAnswer } from '../answers/extract/end-at-answer.js';
import type { Completion } from '../models/language-model.js';
import type { JsonValue } from '../runs/run-record.js';
import type { Grader } from './create-grader.js';
import type { ProblemWithGold } from './to-graded-row.js';

/** The rule of an answer that never came. */
export const cutWhileThinking = 'none/cut-while-thinking';

/** The rule of a text that was cut before it stated an answer. */
export const cutBeforeAnswer = 'none/cut';

/** Rules of extraction that take what stands last. In the middle of a text, or of a question said again, that is any number. */
const guesses = /^(?:number|formula|choice|short-text)\//;

/**
 * The fields of a graded record. What was thought is never graded; a reply that was cut in its thought has no answer, one that was cut before it stated one has none for our own grader, and one that was cut far behind
 * it, or stopped there, ends with it (`ranOn` characters were left out). Where the thought
 * stood in the text, `correctWithThinking` is the verdict of who would not have taken it out.
 */
export function gradeCompletion(
  { question, answer: gold }: ProblemWithGold,
  {
    text: all,
    thinking,
    isThinkingOpen,
    isThinkingInText,
    finishReason,
    ranOn,
  }: Pick<Completion, 'text' | 'thinking' | 'isThinkingOpen' | 'isThinkingInText'> &
    Partial<Pick<Completion, 'finishReason' | 'ranOn'>>,
  grader: Grader,
): { readonly [field: string]: JsonValue } {
  const isCut = finishReason === 'length';
  const ended = (isCut || ranOn) && grader.wantsStatements ? endAtAnswer(all) : undefined;
  const text = ended?.text ?? all;
  const whole = thinking === undefined ? text : `${thinking}\n\n${text}`;
  const thought = {
    ...(thinking !== undefined && { thinking }),
    ...(isThinkingInText && { correctWithThinking: grader.grade({ question, gold, response: whole }).correct }),
  };
  if (isThinkingOpen) return { response: '', ...thought, correct: false, rule: cutWhileThinking };
  const said = grader.grade({ question, gold, response: text });
  const isSilent = said.answer === undefined && !said.correct;
  const { correct, answer, rule } =
    isSilent && grader.readsThinking && thinking !== undefined
      ? grader.grade({ question, gold, response: whole })
      : said;
  if (grader.wantsStatements && isCut && guesses.test(rule)) {
    return { response: text, ...thought, correct: false, rule: cutBeforeAnswer };
  }
  const judged = { response: text, ...thought, ...(answer !== undefined && { answer }), correct, rule };
  return ended === undefined ? judged : { ...judged, ranOn: ended.ranOn };
}
