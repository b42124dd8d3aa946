import { type AugmentedQuestion, augmentationType, type Technique } from './augmented-row.js';
import type { SourceProblem } from './source-problem.js';
import type { TechniqueContext } from './technique-context.js';

/** What a question that grew from a problem inherits from it. */
export function describeQuestion(
  problem: SourceProblem,
  { technique, context }: { technique: Technique; context: TechniqueContext },
): Omit<AugmentedQuestion, 'id' | 'query' | 'request' | 'gold'> {
  const origin: SourceProblem = problem.origin ?? problem;
  return {
    technique,
    type: augmentationType(context.dataset, technique),
    prompt: `${context.promptSet.name}@${context.promptSet.version}`,
    problem: origin.id,
    original_question: origin.originalQuestion ?? origin.question,
    ...(problem.origin === undefined ? {} : { on: 'rephrased' as const }),
    subject: origin.subject,
    level: origin.level,
    steps: origin.steps,
  };
}
