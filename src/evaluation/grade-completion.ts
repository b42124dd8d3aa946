import type { Completion } from '../models/language-model.js';
import type { JsonValue } from '../runs/run-record.js';
import type { Grader } from './create-grader.js';
import type { ProblemWithGold } from './to-graded-row.js';

/** The rule of an answer that never came. */
export const cutWhileThinking = 'none/cut-while-thinking';

/**
 * The fields of a graded record. What was thought is never graded; a reply that was cut in its thought has no answer. Where the thought
 * stood in the text, `correctWithThinking` is the verdict of who would not have taken it out.
 */
export function gradeCompletion(
  { question, answer: gold }: ProblemWithGold,
  {
    text,
    thinking,
    isThinkingOpen,
    isThinkingInText,
  }: Pick<Completion, 'text' | 'thinking' | 'isThinkingOpen' | 'isThinkingInText'>,
  grader: Grader,
): { readonly [field: string]: JsonValue } {
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
  return { response: text, ...thought, ...(answer !== undefined && { answer }), correct, rule };
}
