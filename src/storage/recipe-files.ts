import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../errors.js';
import { nearestOf } from '../nearest.js';
import { packagePath } from '../package-root.js';
import type { JsonObject } from './read-jsonl.js';
import { readFailure } from './storage-failure.js';

/** The folders of configs/recipes: what a recipe is for. */
export type RecipeKind = 'magpie' | 'metamath' | 'assemble' | 'sft' | 'dpo' | 'ablation';

/** A recipe that came with the package, by its name, or a file of one's own. */
export type RecipeFile = { readonly file: string; readonly value: JsonObject };

/** The names of the recipes of some kinds that come with the package. */
export function recipeNames(kinds: readonly RecipeKind[]): readonly string[] {
  return kinds.flatMap((kind) =>
    filesOf(kind)
      .filter((file) => file.endsWith('.json'))
      .map((file) => basename(file, '.json')),
  );
}

/**
 * Reads the recipe of a file, or of a name in configs/recipes (with or without `.json`). Throws `InputError` for one that is not there, with
 * the nearest name, and for a file that is no JSON object.
 */
export function readRecipeFile(nameOrFile: string, kinds: readonly RecipeKind[]): RecipeFile {
  const file = findFile(nameOrFile, kinds);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw readFailure(file, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new InputError(`Cannot use recipe ${file}: not valid JSON (${reason}); correct the file`, { file, cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    // For editors, which complete keys by it
    const { $schema: _, ...recipe } = value as JsonObject;
    return { file, value: recipe };
  }
  throw new InputError(`Cannot use recipe ${file}: it is no JSON object; write {"key": value}`, { file });
}

function findFile(nameOrFile: string, kinds: readonly RecipeKind[]): string {
  const name = basename(nameOrFile, '.json');
  const isName = nameOrFile === name || nameOrFile === `${name}.json`;
  const kind = isName ? kinds.find((each) => filesOf(each).includes(`${name}.json`)) : undefined;
  if (existsSync(nameOrFile)) return nameOrFile;
  if (kind !== undefined) return packagePath('configs', 'recipes', kind, `${name}.json`);
  const known = recipeNames(kinds);
  const nearest = nearestOf(name, known);
  const guess = nearest === undefined ? `ours are ${known.join(', ')}` : `nearest: ${nearest}`;
  throw new InputError(
    `Cannot read recipe ${nameOrFile}: it is no file, and no name in configs/recipes (${guess}); check the path`,
  );
}

function filesOf(kind: RecipeKind): readonly string[] {
  const folder = packagePath('configs', 'recipes', kind);
  return existsSync(join(folder)) ? readdirSync(folder) : [];
}
