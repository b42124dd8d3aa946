import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { readRunConfig } from '../runs/run-config.js';
import type { Link } from './link.js';

/**
 * Refuses a directory that is no run yet and holds a file that the chain would write over: it is somebody else's. In a run directory such
 * files are the run's own, whatever a kill left of it. Throws `InputError` that names the file.
 */
export async function refuseOthersFiles(
  links: readonly Pick<Link, 'step' | 'directory'>[],
  { root, isRecipe }: { readonly root: string; readonly isRecipe: boolean },
): Promise<void> {
  const written = links
    .filter(({ step }) => step.place === 'file')
    .flatMap(({ step, directory = root }) => step.gives.map((name) => join(directory, `${name}.jsonl`)));
  const files = [...(isRecipe ? [join(root, 'recipe.json')] : []), ...written];
  const file = files.find(existsSync);
  if (file === undefined || (await readRunConfig(root)) !== undefined) return;
  throw new InputError(
    `Cannot begin a run in ${root}: ${file} is there already, and no run wrote it; move it, or choose another run directory`,
    { file },
  );
}
