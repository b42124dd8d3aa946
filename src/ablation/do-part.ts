import type { AblateOptions } from './ablate-options.js';
import { testSets } from './evaluate-arm.js';
import { listArms } from './list-arms.js';
import { openModels } from './open-models.js';
import { prepareSeed } from './prepare-seed.js';
import type { AblationRecipe } from './recipe.js';
import { runArm } from './run-arm.js';

/** What one process of an ablation does: the sets of a seed, or of one of its arms the training and the questions. */
export type AssignedPart = {
  readonly recipe: AblationRecipe;
  readonly directory: string;
  readonly seed: number;
  /** Left out: what all arms of the seed learn from. */
  readonly arm?: string | undefined;
  readonly graceMs?: number | undefined;
};

/** Does a part in a run directory that another process holds. Throws what models and trainings throw, `CancelledError` when it was stopped. */
export async function doPart(
  { recipe, directory, seed, arm: name, graceMs }: AssignedPart,
  told: Pick<AblateOptions, 'signal' | 'onEvent' | 'onProgress' | 'effects'>,
): Promise<void> {
  const models = openModels(told);
  const work = { recipe, directory, graceMs, models, ...told };
  try {
    const arm = listArms(recipe).find((each) => each.name === name);
    // What an arm learns from is there by now, and was told of by who made it
    const sets = await prepareSeed(recipe, { seed, work: arm === undefined ? work : { ...work, onEvent: undefined } });
    if (arm === undefined) return;
    await runArm(arm, { recipe, seed, set: sets.get(arm.name), tests: await testSets(recipe), work });
  } finally {
    await models.close();
  }
}
