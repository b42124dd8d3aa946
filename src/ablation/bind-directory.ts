import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import { describeDifference } from '../runs/describe-difference.js';
import type { JsonValue } from '../runs/run-record.js';
import { hashFile } from '../storage/hash-file.js';
import { writeAtomic } from '../storage/write-atomic.js';
import type { AblationRecipe } from './recipe.js';

/**
 * A run directory belongs to one recipe and to the bytes of its data files; more seeds may come later, and what was measured elsewhere
 * decides nothing. Throws `StorageError` where it was started with others.
 */
export async function bindDirectory(directory: string, recipe: AblationRecipe): Promise<void> {
  const file = join(directory, 'recipe.json');
  const binding = ({ seeds: _, measured: __, description: ___, ...rest }: AblationRecipe) =>
    rest as unknown as JsonValue;
  const earlier = await readObject<AblationRecipe>(directory, 'recipe.json');
  if (earlier !== undefined) {
    const differences = describeDifference(binding(earlier), JSON.parse(JSON.stringify(binding(recipe))));
    if (differences.length > 0)
      throw new StorageError(
        `Cannot continue ${directory}: it was started with another recipe (was → now: ${differences.slice(0, 3).join(', ')}); use the earlier one, or another run directory`,
      );
  }
  await bindData(directory, recipe);
  await writeAtomic(file, `${JSON.stringify(recipe, null, 2)}\n`);
}

/** A later seed would draw from other problems, or ask other questions than the arms that are there were asked. */
async function bindData(directory: string, { data }: AblationRecipe): Promise<void> {
  if (data === undefined) return;
  const sums = (await readObject<Record<string, string>>(directory, 'data.json')) ?? {};
  for (const part of ['train', 'test'] as const) {
    // One that was taken away is asked for where it is needed
    if (!existsSync(data[part])) continue;
    const sum = await hashFile(data[part]);
    if ((sums[part] ?? sum) !== sum)
      throw new StorageError(
        `Cannot continue ${directory}: ${data[part]} is not the file that it was started with; give that one again, or use another run directory`,
      );
    sums[part] = sum;
  }
  await writeAtomic(join(directory, 'data.json'), `${JSON.stringify(sums, null, 2)}\n`);
}

/** Undefined where it is not there. */
async function readObject<Value extends object>(directory: string, name: string): Promise<Value | undefined> {
  const text = await readFile(join(directory, name), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below
  }
  throw new StorageError(
    `Cannot continue ${directory}: its ${name} is damaged; delete that file if the recipe and its data are the first ones, or use another run directory`,
  );
}
