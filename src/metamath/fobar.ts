import { namesVariable, renderRequest } from '../steps/render-request.js';
import { answerQuestions } from './answer-questions.js';
import { fobarQuery } from './backward-query.js';
import { backwardQuestionsInTurns } from './backward-questions.js';
import { describeQuestion } from './describe-question.js';
import type { SourceProblem } from './source-problem.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

/**
 * FOBAR: a quantity of the problem is masked, the answer is given, the quantity is asked for (Jiang et al. 2023;
 * MetaMath, section 3.3). Gold is the masked quantity.
 */
export async function augmentFobar(
  problems: readonly SourceProblem[],
  context: TechniqueContext,
): Promise<TechniqueResult> {
  const { promptSet, maxBackward, seed, repeat, signal } = context;
  const unknown = namesVariable(promptSet, 'backward-fobar') ? 'any' : 'x';
  const { questions, skipped } = await backwardQuestionsInTurns(problems, { unknown, maxBackward, seed, signal });
  const asked = questions.map(({ id, problem, mask }) => {
    const values = { masked: mask.masked, answer: problem.answer ?? '', variable: mask.variable };
    return {
      ...describeQuestion(problem, { technique: 'fobar', context }),
      id,
      query: fobarQuery({ ...values, inDollars: context.dataset === 'math', words: promptSet }),
      request: renderRequest(promptSet, { kind: 'backward-fobar', values }),
      gold: mask.value,
    };
  });
  const rows = await answerQuestions(asked, { stage: 'fobar', samples: repeat, context });
  return { rows, skipped, stepTokens: { prompt: 0, completion: 0 } };
}
