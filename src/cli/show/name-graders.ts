import type { Disagreement, GraderView } from '../../answers/grade/compare-graders.js';

/** Disagreements as rows of a file: each side with its grader's name, `null` where it found no answer. */
export async function* nameGraders(
  disagreements: AsyncIterable<Disagreement>,
  names: { a: string; b: string },
): AsyncGenerator<object> {
  const view = (grader: string, { equivalent, extracted, rule, reason }: GraderView) => ({
    grader,
    equivalent,
    extracted: extracted ?? null,
    rule,
    reason,
  });
  for await (const { id, gold, a, b } of disagreements) yield { id, gold, a: view(names.a, a), b: view(names.b, b) };
}
