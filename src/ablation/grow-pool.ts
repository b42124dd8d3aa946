import { join } from 'node:path';
import type { Technique } from '../metamath/augmented-row.js';
import { augment } from '../metamath/grow-problems.js';
import type { LanguageModel } from '../models/language-model.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import type { PoolRow } from './check-answers.js';
import { datasetOf, solutionOf, trainProblems, typeOf } from './problem-source.js';
import type { AblationRecipe, RowSource } from './recipe.js';

/**
 * All answered questions of a source, right and wrong ones and repeated ones: the problems' own solutions, or what the teacher answers.
 * Run directories of `augment` in `directory`: what is there is not asked for again.
 */
export async function growPool(
  source: RowSource,
  {
    recipe,
    seed,
    directory,
    openTeacher,
    signal,
    onProgress,
  }: {
    readonly recipe: AblationRecipe;
    readonly seed: number;
    readonly directory: string;
    readonly openTeacher: () => Promise<LanguageModel>;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: StageProgress) => void) | undefined;
  },
): Promise<PoolRow[]> {
  const problems = await trainProblems(recipe, seed);
  const dataset = datasetOf(recipe);
  if (source === 'originals')
    return problems.map((problem) => ({
      id: problem.id,
      query: problem.question,
      response: solutionOf(problem),
      type: typeOf('originals', dataset),
      original_question: problem.question,
      problem: problem.id,
      subject: problem.subject ?? null,
      level: problem.level ?? null,
      gold: problem.answer,
    }));
  const model = await openTeacher();
  const settings = settingsOf(source, recipe);
  const promptSet = choosePromptSet(model, recipe.prompts.teacher, dataset);
  const prompts = `${promptSet.name}@${promptSet.version}`;
  const config = { ...settings, model: model.name, prompts, problems: recipe.problems, seed };
  return withRun({ directory: join(directory, source), stage: 'augment', config }, async (run) => {
    const asked = { ...settings, dataset, problems, run, model, promptSet, seed, signal, onProgress };
    const { rows, yields } = await augment(asked);
    await run.finish({ yields } as never);
    return rows.flatMap(({ query, response, gold, status, id, type, original_question, problem, subject, level }) =>
      status === 'failed' || query === null || response === null || gold === null
        ? []
        : [{ id, query, response, type, original_question, problem, subject, level, gold }],
    );
  });
}

function settingsOf(technique: Technique, { grow }: AblationRecipe) {
  const { temperature, maxTokens, maxBackward } = grow;
  return {
    technique,
    repeat: grow[technique],
    temperature,
    maxTokens,
    ...(technique === 'self-verification' || technique === 'fobar' ? { maxBackward } : {}),
  };
}
