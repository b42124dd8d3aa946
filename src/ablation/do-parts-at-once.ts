import { availableParallelism } from 'node:os';
import type { Work } from './ablate-options.js';
import type { AssignedPart } from './do-part.js';
import { doPartApart } from './do-part-apart.js';
import { armDirectory, isTrained, listArms } from './list-arms.js';
import { stopWhereAsked } from './prepare-seed.js';
import type { AblationRecipe } from './recipe.js';

/**
 * Does the parts of an ablation in processes of their own, `atOnce` at a time: first the sets of every seed, then every arm. Each process sees one of
 * `devices`, GPUs by their numbers, where there are any. The first that fails stops the others, and its error is thrown.
 */
export async function doPartsAtOnce(
  recipe: AblationRecipe,
  { work, atOnce, devices }: { readonly work: Work; readonly atOnce: number; readonly devices: readonly string[] },
): Promise<void> {
  const { directory, graceMs } = work;
  const seeds = Array.from({ length: recipe.seeds }, (_, count) => recipe.seed + count);
  const folders = new Set<string>();
  const arms = seeds.flatMap((seed) =>
    listArms(recipe).flatMap((arm) => {
      // The untrained student is the same under every seed
      const folder = armDirectory(arm, { directory, seed });
      const isNew = !folders.has(folder);
      folders.add(folder);
      return isNew ? [{ recipe, directory, graceMs, seed, arm: arm.name, isTrained: isTrained(arm) }] : [];
    }),
  );
  const sets = seeds.map((seed) => ({ recipe, directory, graceMs, seed }));
  // A training and its questions take longer than questions alone, and what takes longest begins first
  const longestFirst = [...arms].sort((left, right) => Number(right.isTrained) - Number(left.isTrained));
  for (const parts of [sets, longestFirst.map(({ isTrained: _, ...part }) => part)])
    await doAll(parts, { work, atOnce, devices });
}

async function doAll(
  parts: readonly AssignedPart[],
  { work, atOnce, devices }: { readonly work: Work; readonly atOnce: number; readonly devices: readonly string[] },
): Promise<void> {
  const failing = new AbortController();
  const signal = AbortSignal.any([failing.signal, ...(work.signal ? [work.signal] : [])]);
  const waiting = [...parts];
  const faults: unknown[] = [];
  const places = Array.from({ length: Math.min(atOnce, parts.length) }, async (_, place) => {
    for (let part = waiting.shift(); part !== undefined && !signal.aborted; part = waiting.shift()) {
      const device = devices[place % Math.max(1, devices.length)];
      try {
        await doPartApart(part, { work, signal, environment: environmentOf(device, atOnce) });
      } catch (error) {
        faults.push(error);
        failing.abort();
      }
    }
  });
  await Promise.all(places);
  stopWhereAsked(work);
  if (faults.length > 0) throw faults[0];
}

/** Processors are shared out, so that no training takes all of them. */
function environmentOf(device: string | undefined, atOnce: number): NodeJS.ProcessEnv {
  const threads = String(Math.max(1, Math.floor(availableParallelism() / atOnce)));
  return {
    OMP_NUM_THREADS: threads,
    ...process.env,
    ...(device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device }),
  };
}
