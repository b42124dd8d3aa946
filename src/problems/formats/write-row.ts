import { InputError } from '../../errors.js';
import type { ReadProblem } from '../problem.js';
import type { WrittenFormat } from './dataset-format.js';
import { afterHashes, afterPhrase, lastBoxed } from './read-fields.js';

/**
 * A problem as a row of a published format; reading that row gives the same question and answer. An answer that the
 * solution does not state in the format's way is added to it. Throws `InputError` for a problem without the answer or the
 * solution that the format needs.
 */
export function writeRow(problem: ReadProblem, format: WrittenFormat): object {
  const { question, subject, level, type, originalQuestion } = problem;
  switch (format) {
    case 'mathpie': {
      const { originalQuestion: _, ...row } = problem;
      return originalQuestion === undefined ? row : { ...row, original_question: originalQuestion };
    }
    case 'gsm8k':
      return { question, answer: endingIn(problem, { has: afterHashes, add: (answer) => `#### ${answer}` }) };
    case 'math': {
      const solution = endingIn(problem, { has: lastBoxed, add: (answer) => `The answer is $\\boxed{${answer}}$.` });
      return { problem: question, level: `Level ${level ?? '?'}`, type: subject ?? 'Unknown', solution };
    }
    case 'metamathqa': {
      const response = endingIn(problem, { has: afterPhrase, add: (answer) => `The answer is: ${answer}` });
      return {
        query: question,
        response,
        type: type ?? subject ?? 'original',
        original_question: originalQuestion ?? question,
      };
    }
    case 'alpaca':
      return {
        instruction: question,
        input: '',
        output: endingIn(problem, { has: afterPhrase, add: (answer) => `The answer is: ${answer}` }),
      };
  }
}

function endingIn(
  { id, answer, solution = '' }: ReadProblem,
  { has, add }: { has: (text: string) => string | undefined; add: (answer: string) => string },
): string {
  if (answer !== undefined && has(solution) !== answer)
    return solution === '' ? add(answer) : `${solution}\n${add(answer)}`;
  if (solution !== '') return solution;
  throw new InputError(
    `Cannot convert problem "${id}": it has neither an answer nor a solution; leave it out or convert to mathpie`,
  );
}
