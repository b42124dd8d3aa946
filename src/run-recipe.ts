import { allSteps } from './all-steps.js';
import type { Language } from './language/translate.js';
import type { ChainOptions, ChainResult } from './steps/chain-options.js';
import { type ChainPlan, type PlanOptions, planChain } from './steps/plan-chain.js';
import { keyOfSetting, type LoadedRecipe, loadRecipe, type Recipe, type RecipeOverrides } from './steps/recipe.js';
import { runChain } from './steps/run-chain.js';

const kinds = ['magpie', 'metamath'] as const;

type Asked<Options> = RecipeOverrides &
  Omit<Options, 'chain' | 'recipe' | 'seed' | 'nameOf'> & {
    /** The name or the file of a recipe. */
    readonly recipe: string;
    /** The caller's word for an option beside the recipe, such as `budgetUsd`. @default the option's own name */
    readonly nameOption?: ((option: string) => string) | undefined;
    /** Told of each field that is not as the file has it. */
    readonly onOverride?: ((field: string) => void) | undefined;
  };

/** Reads a recipe with its overrides. Throws `InputError` that names file and key. */
export function readRecipe(nameOrFile: string, overrides: RecipeOverrides = {}): Promise<LoadedRecipe> {
  return loadRecipe(nameOrFile, { steps: allSteps, kinds, overrides });
}

/**
 * Does all that a recipe says, from problems to training sets, in one run directory. After any kill the same call goes on in whatever step
 * it was, and leaves the files of an undisturbed run. Throws what `runChain` throws, in the recipe's words.
 *
 * @example await runRecipe({ recipe: 'magpie-pocket', directory: 'runs/pocket', count: 40 });
 */
export async function runRecipe(options: Asked<ChainOptions>): Promise<ChainResult & { readonly recipe: Recipe }> {
  const { recipe, ...chain } = await settleRecipe(options);
  return { ...(await runChain({ ...options, ...chain, recipe })), recipe };
}

/** What a recipe would still ask for, cost and last. Nothing is written. */
export async function planRecipe(options: Asked<PlanOptions>): Promise<ChainPlan & { readonly recipe: Recipe }> {
  const { recipe, ...chain } = await settleRecipe(options);
  return { ...(await planChain({ ...options, ...chain, recipe })), recipe };
}

async function settleRecipe({
  recipe: file,
  onOverride,
  nameOption = same,
  problemLanguage,
  ...overrides
}: Asked<Pick<ChainOptions, 'problemLanguage'>>) {
  const { recipe, chain, overridden } = await readRecipe(file, inLanguage(overrides, problemLanguage));
  for (const field of overridden) onOverride?.(field);
  const nameOf = (setting: string, step: string): string =>
    keyOfSetting(allSteps, step, setting) ?? nameOption(setting);
  // What a recipe draws in one language is solved and judged in it
  const drawn = chain.find(({ step }) => step.name === 'instruct')?.values.problemLanguage;
  const language = problemLanguage ?? (drawn === 'ja' ? 'ja' : 'en');
  return { recipe, chain, seed: recipe.seed, nameOf, problemLanguage: language as Language };
}

/** The problems that a recipe draws are asked for in the language that was chosen for the run. */
function inLanguage(overrides: RecipeOverrides, language: Language | undefined): RecipeOverrides {
  if (language === undefined || language === 'en') return overrides;
  return { ...overrides, set: [...(overrides.set ?? []), `instruct.problemLanguage=${language}`] };
}

const same = (option: string): string => option;
