import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { nearestOf } from '../nearest.js';
import { packagePath } from '../package-root.js';
import { readFailure } from '../storage/storage-failure.js';
import type { ScriptConfig } from './check-config.js';

/**
 * The configuration in a JSON file, or in a recipe of configs/recipes by its name (with or without `.json`). Throws
 * `InputError` for one that is not there, with the nearest name, or that is no JSON object.
 */
export async function readRecipe(recipe: string, { script }: { script: string }): Promise<ScriptConfig> {
  const file = findRecipe(recipe, script);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw readFailure(file, error);
  });
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ScriptConfig;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new InputError(`Cannot read ${file}: it is no JSON (${reason}); mend it`, { file, cause });
  }
  throw new InputError(`Cannot use ${file}: it is no JSON object; write {"key": value}`, { file });
}

function findRecipe(recipe: string, script: string): string {
  const folder = packagePath('configs', 'recipes');
  const named = join(folder, recipe.endsWith('.json') ? recipe : `${recipe}.json`);
  if (existsSync(recipe)) return recipe;
  if (existsSync(named)) return named;
  // Such as `sft-…` for train-sft; the folder also holds recipes of other commands.
  const start = `${script.replace(/^train-/, '')}-`;
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(start)) : [];
  const names = files.map((name) => name.replace(/\.json$/, ''));
  const nearest = nearestOf(recipe, names);
  const guess =
    nearest === undefined ? (names.length > 0 ? ` (there are: ${names.join(', ')})` : '') : ` (nearest: ${nearest})`;
  throw new InputError(`Cannot find the recipe ${recipe}: it is no file and no name in configs/recipes${guess}`);
}
