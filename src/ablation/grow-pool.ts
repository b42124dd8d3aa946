import { join } from 'node:path';
import type { Technique } from '../metamath/augmented-row.js';
import { augment } from '../metamath/grow-problems.js';
import type { LanguageModel } from '../models/language-model.js';
import { choosePocketProblems } from '../problems/pocket/choose-problems.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { choosePromptSet } from '../steps/choose-prompt-set.js';
import type { PoolRow } from './check-answers.js';
import type { AblationRecipe, RowSource } from './recipe.js';

/** The train problems of a seed. */
export const trainProblems = ({ problems }: Pick<AblationRecipe, 'problems'>, seed: number) =>
  choosePocketProblems({ count: problems, seed: 100 + seed, split: 'train' });

/** What a source's rows are called, in the manner of MetaMathQA. */
export const typeOf: Readonly<Record<RowSource, string>> = {
  originals: 'POCKET_Original',
  answers: 'POCKET_AnsAug',
  rephrase: 'POCKET_Rephrased',
  'self-verification': 'POCKET_SV',
  fobar: 'POCKET_FOBAR',
};

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
  const problems = trainProblems(recipe, seed);
  if (source === 'originals')
    return problems.map(({ id, question, solution, answer, subject, level }) => ({
      id,
      query: question,
      response: solution,
      type: typeOf.originals,
      original_question: question,
      problem: id,
      subject,
      level,
      gold: answer,
    }));
  const model = await openTeacher();
  const settings = settingsOf(source, recipe);
  const promptSet = choosePromptSet(model, undefined, 'pocket');
  const prompts = `${promptSet.name}@${promptSet.version}`;
  const config = { ...settings, model: model.name, prompts, problems: recipe.problems, seed };
  return withRun({ directory: join(directory, source), stage: 'augment', config }, async (run) => {
    const asked = { ...settings, dataset: 'pocket', problems, run, model, promptSet, seed, signal, onProgress };
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
