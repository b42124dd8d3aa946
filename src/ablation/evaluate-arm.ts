import { backwardSet } from '../evaluation/backward-set.js';
import { evaluate, evaluationConfig } from '../evaluation/evaluate-problems.js';
import type { GradedRow } from '../evaluation/graded-row.js';
import type { EvaluatedProblem } from '../evaluation/to-graded-row.js';
import type { LanguageModel } from '../models/language-model.js';
import { isOwnModel } from '../models/own-models.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import { datasetOf, testProblems } from './problem-source.js';
import type { AblationRecipe } from './recipe.js';

/** Held-out problems by the name of their evaluation: forward, and backward where the recipe wants it. */
export async function testSets(recipe: Pick<AblationRecipe, 'data' | 'test'>): Promise<TestSets> {
  const { test } = recipe;
  const problems = await testProblems(recipe);
  const inDollars = datasetOf(recipe) === 'math';
  const backward =
    test.backward === 0 ? [] : backwardSet(problems.slice(0, test.backward), { seed: test.seed, inDollars }).problems;
  return new Map([
    ['forward', problems as readonly EvaluatedProblem[]],
    ...(backward.length === 0 ? [] : [['backward', backward] as const]),
  ]);
}

export type TestSets = ReadonlyMap<'forward' | 'backward', readonly EvaluatedProblem[]>;

/** What a student is asked with: as it is trained, by default the question alone. */
export const studentPrompts = (model: Pick<LanguageModel, 'name'>, { prompts }: Pick<AblationRecipe, 'prompts'>) =>
  choosePromptSet(model, prompts.student ?? (isOwnModel(model.name) ? undefined : 'bare'));

/** The graded answers of an arm, and who graded them. */
export type EvaluatedArm = { readonly rows: readonly GradedRow[]; readonly grader: string };

/** Asks the arm's model a test set, greedily, in a run directory of its own: what is answered is not asked again. */
export async function evaluateArm({
  model,
  problems,
  directory,
  recipe,
  signal,
  onProgress,
}: {
  readonly model: LanguageModel;
  readonly problems: readonly EvaluatedProblem[];
  readonly directory: string;
  readonly recipe: Pick<AblationRecipe, 'test' | 'prompts'>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
}): Promise<EvaluatedArm> {
  const asked = { model, problems, promptSet: studentPrompts(model, recipe), maxTokens: recipe.test.maxTokens };
  return withRun({ directory, stage: 'evaluate', config: evaluationConfig(asked) }, async (run) => {
    const told = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const { rows, summary } = await evaluate({ ...asked, run, ...told });
    await run.finish({ ...summary } as never);
    return { rows, grader: summary.grader };
  });
}
