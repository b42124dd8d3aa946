import { InputError } from '../errors.js';
import { findPrice, type TokenPrice } from '../models/prices/find-price.js';
import { loadPriceTable } from '../models/prices/price-table.js';
import type { Budget } from '../runs/meter-model.js';
import { listSteps } from './list-steps.js';
import { loadMagpieRecipe, type RecipeOverrides } from './load-recipe.js';
import type { MagpieRecipe } from './recipe-schema.js';
import type { RecipeStep } from './recipe-step.js';

export type RecipeOptions = RecipeOverrides & {
  /** The name or the file of a recipe. */
  readonly recipe: string;
  /** The one run directory of all steps. */
  readonly directory: string;
  /** A file with prices instead of configs/prices.json. */
  readonly prices?: string | undefined;
  /** Ask endpoints by way of their Batch API. @default false */
  readonly isBatch?: boolean;
};

export type SettledRecipe = {
  readonly recipe: MagpieRecipe;
  readonly overridden: readonly string[];
  readonly steps: readonly RecipeStep[];
  /** What a model string costs; undefined where nobody knows. */
  readonly priceOf: (model: string) => TokenPrice | undefined;
};

/** Reads a recipe with its overrides, and refuses what could not be kept to: a budget without a price, a batch without an endpoint. */
export function settleRecipe(options: RecipeOptions, { budget = {} }: { budget?: Budget } = {}): SettledRecipe {
  const { isBatch = false } = options;
  const { recipe, overridden } = loadMagpieRecipe(options.recipe, options);
  const steps = listSteps(recipe);
  const table = loadPriceTable(options.prices);
  const priceOf = (model: string): TokenPrice | undefined =>
    findPrice(model, { table, isBatch: isBatch && isEndpoint(model) });
  const models = steps.flatMap(({ model }) => model ?? []);
  const unpriced = models.find((model) => priceOf(model) === undefined);
  if (budget.usd !== undefined && unpriced !== undefined) {
    throw new InputError(
      `Cannot keep --budget-usd: the price of ${unpriced} is unknown; give a file with it by --prices, or use --budget-tokens`,
    );
  }
  if (isBatch && !models.some(isEndpoint)) {
    throw new InputError(`Cannot use --batch with ${recipe.name}: none of its models is an endpoint; leave it out`);
  }
  return { recipe, overridden, steps, priceOf };
}

export function isEndpoint(model: string): boolean {
  return /^(openai:|https?:)/.test(model);
}
