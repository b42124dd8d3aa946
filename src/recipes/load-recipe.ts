import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { InputError } from '../errors.js';
import { setKeys } from '../gpu/set-keys.js';
import { nearestOf } from '../nearest.js';
import { packagePath } from '../package-root.js';
import { describeDifference } from '../runs/describe-difference.js';
import type { JsonValue } from '../runs/run-record.js';
import { readFailure } from '../storage/storage-failure.js';
import { checkTokenLimits } from './check-token-limits.js';
import { type MagpieRecipe, recipeSchema } from './recipe-schema.js';

export type RecipeOverrides = {
  /** Asked for problems, solutions and judgements alike. */
  readonly model?: string | undefined;
  readonly count?: number | undefined;
  readonly seed?: number | undefined;
  /** Settings as text, such as `respond.maxTokens=2048`; they go before the others. */
  readonly set?: readonly string[] | undefined;
};

export type LoadedRecipe = {
  readonly recipe: MagpieRecipe;
  /** `instruct.count: 1000 → 40`, one for each field that is not as the file has it. */
  readonly overridden: readonly string[];
};

/**
 * Loads a recipe of `magpie run` from a file, or by its name from configs/recipes, and puts overrides in. Throws `InputError` that
 * names file and key; an unknown key is refused with the nearest known one.
 */
export function loadMagpieRecipe(nameOrFile: string, overrides: RecipeOverrides = {}): LoadedRecipe {
  const file = findFile(nameOrFile);
  const read = parseRecipe(readJson(file), { file });
  const recipe = parseRecipe(override(read, overrides), { file });
  checkTokenLimits(recipe);
  return { recipe, overridden: describeDifference(asJson(read), asJson(recipe)) };
}

/** The names of the recipes for `magpie run` that come with the package. */
export function magpieRecipeNames(): readonly string[] {
  const files = readdirSync(packagePath('configs', 'recipes'));
  return files.filter((file) => /^magpie-.+\.json$/.test(file)).map((file) => basename(file, '.json'));
}

function findFile(nameOrFile: string): string {
  const known = magpieRecipeNames();
  if (known.includes(nameOrFile)) return packagePath('configs', 'recipes', `${nameOrFile}.json`);
  if (existsSync(nameOrFile)) return nameOrFile;
  const nearest = nearestOf(basename(nameOrFile, '.json'), known);
  const guess = nearest === undefined ? known.join(', ') : `nearest: ${nearest}`;
  throw new InputError(
    `Cannot read recipe ${nameOrFile}: no such file; check the path, or name one of ours (${guess})`,
  );
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw readFailure(file, error);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new InputError(`Cannot use recipe ${file}: not valid JSON; correct the file`, { file, cause });
  }
}

function parseRecipe(value: unknown, { file }: { readonly file: string }): MagpieRecipe {
  const fault = describeSchemaIssue(recipeSchema, value);
  if (fault === undefined) return recipeSchema.parse(value);
  throw new InputError(`Cannot use recipe ${file}: ${fault}; correct it, docs/magpie.md lists every key`, { file });
}

function override(recipe: MagpieRecipe, { model, count, seed, set = [] }: RecipeOverrides): unknown {
  const { problems, ...others } = recipe.models;
  const models = {
    problems: model ?? problems,
    ...others,
    ...(model === undefined || others.solutions === undefined ? {} : { solutions: model }),
    ...(model === undefined || others.judge === undefined ? {} : { judge: model }),
    ...(model === undefined || others.tags === undefined ? {} : { tags: model }),
  };
  const instruct = { ...recipe.instruct, count: count ?? recipe.instruct.count };
  return setKeys({ ...recipe, models, instruct, seed: seed ?? recipe.seed }, set);
}

const asJson = (recipe: MagpieRecipe): JsonValue => JSON.parse(JSON.stringify(recipe));
