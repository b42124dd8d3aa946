import type { Problem } from '../problems/problem.js';
import { type AugmentedQuestion, augmentationType, type Technique } from './augmented-row.js';
import type { TechniqueContext } from './technique-context.js';

/** What a question that grew from a problem inherits from it. */
export function describeQuestion(
  problem: Problem,
  { technique, context }: { technique: Technique; context: TechniqueContext },
): Omit<AugmentedQuestion, 'id' | 'query' | 'request' | 'gold'> {
  return {
    technique,
    type: augmentationType(context.dataset, technique),
    prompt: `${context.promptSet.name}@${context.promptSet.version}`,
    problem: problem.id,
    original_question: problem.question,
    subject: problem.subject,
    level: problem.level,
    steps: problem.steps,
  };
}
