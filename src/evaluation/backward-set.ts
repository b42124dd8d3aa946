import { InputError } from '../errors.js';
import { fobarQuery } from '../metamath/backward-query.js';
import { backwardQuestions } from '../metamath/backward-questions.js';
import type { EvaluatedProblem } from './to-graded-row.js';

export type BackwardSet = {
  readonly problems: readonly EvaluatedProblem[];
  /** Problems that gave no backward question, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
};

/**
 * A backward test set, as GSM8K-Backward is for GSM8K (MetaMath, section 4.6), made of any test set without a model: one number of each
 * question becomes an unknown (x, or y where there is an x), the answer is told, the unknown is asked for (FOBAR's form). Gold is the
 * masked number; subject and level are those of the original. Which number is drawn by the seed and the problem's id, so that the set does
 * not depend on its size. Quantities that the question tells twice are never masked. Throws `InputError` where no problem gives a
 * question.
 *
 * @throws InputError when no problem gives a backward question
 */
export function backwardSet(
  problems: readonly EvaluatedProblem[],
  {
    perProblem = 1,
    inDollars = false,
    seed = 0,
    words,
  }: {
    readonly perProblem?: number;
    /** Sets answer and unknown as formulas, as problems of MATH do. */
    readonly inDollars?: boolean;
    readonly seed?: number;
    /** Whose words close the questions. @default ours */
    readonly words?: Parameters<typeof fobarQuery>[0]['words'];
  } = {},
): BackwardSet {
  const { questions, skipped } = backwardQuestions(problems, { unknown: 'any', maxBackward: perProblem, seed });
  if (questions.length === 0) {
    const reasons = Object.entries(skipped).map(([reason, count]) => `${reason} ${count}`);
    throw new InputError(
      `Cannot make backward questions: none of ${problems.length} problems gives one (${reasons.join(', ') || 'there is none'}); give problems with numbers and answers`,
    );
  }
  return {
    problems: questions.map(({ id, problem: { subject, level, answer = '' }, mask }) => ({
      id,
      question: fobarQuery({ ...mask, answer, inDollars, words }),
      answer: mask.value,
      ...(subject !== undefined && { subject }),
      ...(level !== undefined && { level }),
      type: 'fobar',
    })),
    skipped,
  };
}
