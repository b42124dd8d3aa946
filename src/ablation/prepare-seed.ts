import { join } from 'node:path';
import { CancelledError } from '../errors.js';
import type { Work } from './ablate-options.js';
import type { PoolRow } from './check-answers.js';
import { growPool } from './grow-pool.js';
import { isTrained, listArms } from './list-arms.js';
import { isMixed, mixArm } from './mix-arm.js';
import type { MixedSet } from './mix-set.js';
import type { AblationRecipe, RowSource } from './recipe.js';

/** The held-out problems of a run directory, which no set may hold. */
export const testFileOf = (directory: string): string => join(directory, 'test.jsonl');

/** What the arms learn from under one seed, by the name of the arm: the teacher's answers, mixed. What is there already is neither grown nor mixed again. */
export async function prepareSeed(
  recipe: AblationRecipe,
  { seed, work }: { readonly seed: number; readonly work: Work },
): Promise<ReadonlyMap<string, MixedSet>> {
  const trained = listArms(recipe).filter(isTrained);
  const areMixed = await Promise.all(trained.map((arm) => isMixed(arm, { seed, work })));
  // The teacher is not even opened where its answers have gone into sets: it may be an engine, or out of reach by now
  const pools = areMixed.every(Boolean) ? new Map() : await growPools(recipe, { seed, work });
  // All sets first: an engine that counts the student's tokens is loaded once, not before each training
  const sets = new Map<string, MixedSet>();
  for (const arm of trained) {
    stopWhereAsked(work);
    const set = await mixArm(arm, { recipe, seed, pools, testFile: testFileOf(work.directory), work });
    sets.set(arm.name, set);
  }
  return sets;
}

/** Throws `CancelledError` where the signal was given; what is done is kept. */
export function stopWhereAsked({ signal, directory }: Pick<Work, 'signal' | 'directory'>): void {
  if (signal?.aborted)
    throw new CancelledError(`Stopped; what is done is kept in ${directory}, continue with the same command`);
}

async function growPools(
  recipe: AblationRecipe,
  { seed, work }: { readonly seed: number; readonly work: Work },
): Promise<ReadonlyMap<RowSource, readonly PoolRow[]>> {
  const pools = new Map<RowSource, readonly PoolRow[]>();
  const wanted = new Set(listArms(recipe).flatMap(({ shares }) => Object.keys(shares) as RowSource[]));
  for (const source of wanted) {
    const part = { part: 'grow', arm: source, seed } as const;
    work.onEvent?.({ event: 'part-start', ...part });
    const rows = await growPool(source, {
      recipe,
      seed,
      directory: join(work.directory, `seed-${seed}`, 'grown'),
      openTeacher: () => work.models.open(recipe.teacher),
      signal: work.signal,
      onProgress: (progress) => work.onProgress?.({ ...progress, stage: `seed ${seed}, ${progress.stage}` }),
    });
    pools.set(source, rows);
    work.onEvent?.({ event: 'part-end', ...part, isKept: false, text: `${rows.length} answers` });
  }
  return pools;
}
