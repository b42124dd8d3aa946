import { backwardSet } from '../evaluation/backward-set.js';
import { evaluate, evaluationConfig } from '../evaluation/evaluate-problems.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import type { EvaluatedProblem } from '../evaluation/to-graded-row.js';
import type { LanguageModel } from '../models/language-model.js';
import { choosePocketProblems } from '../problems/pocket/choose-problems.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import type { AblationRecipe } from './recipe.js';

/** Held-out problems by the name of their evaluation: forward, and backward where the recipe wants it. */
export function testSets({
  test,
}: Pick<AblationRecipe, 'test'>): ReadonlyMap<'forward' | 'backward', readonly EvaluatedProblem[]> {
  const problems = choosePocketProblems({ count: test.problems, seed: test.seed, split: 'test' });
  const backward =
    test.backward === 0 ? [] : backwardSet(problems.slice(0, test.backward), { seed: test.seed }).problems;
  return new Map([
    ['forward', problems as readonly EvaluatedProblem[]],
    ...(backward.length === 0 ? [] : [['backward', backward] as const]),
  ]);
}

/** The graded answers of an arm, and who graded them. */
export type EvaluatedArm = { readonly rows: readonly GradedRow[]; readonly grader: string };

/** Asks the arm's model a test set, greedily, in a run directory of its own: what is answered is not asked again. */
export async function evaluateArm({
  model,
  problems,
  directory,
  maxTokens,
  signal,
  onProgress,
}: {
  readonly model: LanguageModel;
  readonly problems: readonly EvaluatedProblem[];
  readonly directory: string;
  readonly maxTokens: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
}): Promise<EvaluatedArm> {
  const asked = { model, problems, promptSet: choosePromptSet(model, undefined, 'pocket'), maxTokens };
  return withRun({ directory, stage: 'evaluate', config: evaluationConfig(asked) }, async (run) => {
    const told = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const { rows, summary } = await evaluate({ ...asked, run, ...told });
    await run.finish({ ...summary } as never);
    return { rows, grader: summary.grader };
  });
}
