import type { Problem } from '../problems/problem.js';
import { renderRequest } from '../steps/render-request.js';
import { answerQuestions } from './answer-questions.js';
import { describeQuestion } from './describe-question.js';
import type { TechniqueContext, TechniqueResult } from './technique-context.js';

/** Answer augmentation: `repeat` solutions of each problem as it is (MetaMath, section 3.1). */
export async function augmentAnswers(
  problems: readonly Problem[],
  context: TechniqueContext,
): Promise<TechniqueResult> {
  const questions = problems.map((problem) => ({
    ...describeQuestion(problem, { technique: 'answers', context }),
    id: problem.id,
    query: problem.question,
    request: renderRequest(context.promptSet, { kind: 'solve', values: { question: problem.question } }),
    gold: problem.answer ?? '',
  }));
  const rows = await answerQuestions(questions, { stage: 'answers', samples: context.repeat, context });
  return { rows, skipped: {}, stepTokens: { prompt: 0, completion: 0 } };
}
