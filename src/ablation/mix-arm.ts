import { join } from 'node:path';
import type { JsonValue } from '../runs/run-record.js';
import { makeDirectory } from '../storage/make-directory.js';
import type { Work } from './ablate-options.js';
import type { PoolRow } from './check-answers.js';
import { doOnce, keptResult } from './do-once.js';
import { type Arm, armDirectory } from './list-arms.js';
import { countTokensBy } from './measure-rates.js';
import { type MixedSet, meanTokens, mixSet } from './mix-set.js';
import { datasetOf, solutionOf, trainProblems } from './problem-source.js';
import type { AblationRecipe, RowSource } from './recipe.js';

/** Mixes what an arm learns under one seed, counted in the student's tokens. What is there already is not mixed again. */
export async function mixArm(
  arm: Arm,
  {
    recipe,
    seed,
    pools,
    testFile,
    work,
  }: {
    readonly recipe: AblationRecipe;
    readonly seed: number;
    readonly pools: ReadonlyMap<RowSource, readonly PoolRow[]>;
    readonly testFile: string;
    readonly work: Work;
  },
): Promise<MixedSet> {
  const directory = armDirectory(arm, { directory: work.directory, seed });
  await makeDirectory(directory);
  const part = { part: 'mix', arm: arm.name, seed } as const;
  work.onEvent?.({ event: 'part-start', ...part });
  const { result, isKept } = await doOnce(...placeOf(arm, { seed, work }), async () => {
    const countTokens = countTokensBy(await work.models.open(recipe.student));
    const originals = (await trainProblems(recipe, seed)).map((problem) => ({
      query: problem.question,
      response: solutionOf(problem),
    }));
    const reference = await meanTokens(originals, countTokens);
    const { lastLine } = recipe;
    const dataset = datasetOf(recipe);
    return mixSet(arm, { directory, pools, dataset, lastLine, reference, testFile, seed, countTokens });
  });
  const text = `${result.rows} rows, ${result.distinct} of them different, ${(100 * result.wrong).toFixed(1)} % wrong`;
  work.onEvent?.({ event: 'part-end', ...part, isKept, text });
  return result;
}

/** Whether `mixArm` has nothing to do: nobody needs what the set was mixed of. */
export async function isMixed(arm: Arm, at: Place): Promise<boolean> {
  return (await keptResult(...placeOf(arm, at))) !== undefined;
}

interface Place {
  readonly seed: number;
  readonly work: Pick<Work, 'directory'>;
}

/** The file that holds what an arm's set is, and what it is made of. */
function placeOf(arm: Arm, { seed, work }: Place) {
  const file = join(armDirectory(arm, { directory: work.directory, seed }), 'set.json');
  return [file, { arm: arm as unknown as JsonValue, seed }] as const;
}
