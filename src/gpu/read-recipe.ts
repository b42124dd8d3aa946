import type { RecipeKind } from '../storage/recipe-files.js';
import { readRecipeFile } from '../storage/recipe-files.js';
import type { ScriptConfig } from './check-config.js';

/**
 * The configuration in a JSON file, or in a recipe of configs/recipes by its name (with or without `.json`). Throws
 * `InputError` for one that is not there, with the nearest name, or that is no JSON object.
 */
export async function readRecipe(recipe: string, { script }: { script: string }): Promise<ScriptConfig> {
  const kind = script.replace(/^train-/, '');
  const kinds: readonly RecipeKind[] = kind === 'sft' || kind === 'dpo' ? [kind] : [];
  return readRecipeFile(recipe, kinds).value as ScriptConfig;
}
