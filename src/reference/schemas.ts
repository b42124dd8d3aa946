import type { Contract } from '../gpu/contract.js';
import type { JsonSchema } from '../steps/setting.js';
import type { AnyStep } from '../steps/step.js';
import { recipeSchema } from './recipe-schema.js';
import { trainingRecipeSchema } from './training-recipe-schema.js';

/** The JSON Schemas of all recipes, by the file of `schemas/` that holds each. */
export async function recipeSchemas(
  steps: readonly AnyStep[],
  contract: Contract,
): Promise<Readonly<Record<string, JsonSchema>>> {
  const { z } = await import('zod');
  const { assemblySchema } = await import('../metamath/assemble/recipe.js');
  const { properties, ...assembly } = z.toJSONSchema(assemblySchema, { io: 'input' });
  const { ablationSchema } = await import('../ablation/recipe.js');
  const { properties: arms, ...ablation } = z.toJSONSchema(ablationSchema, { io: 'input' });
  return {
    'recipe.schema.json': recipeSchema(steps),
    'assemble-recipe.schema.json': {
      ...assembly,
      title: 'Recipe of mathpie assemble',
      properties: { $schema: { type: 'string', description: 'where this schema is, for editors' }, ...properties },
    },
    'ablation-recipe.schema.json': {
      ...ablation,
      title: 'Recipe of mathpie ablate',
      properties: { $schema: { type: 'string', description: 'where this schema is, for editors' }, ...arms },
    },
    'sft-recipe.schema.json': trainingRecipeSchema(contract, 'train-sft'),
    'dpo-recipe.schema.json': trainingRecipeSchema(contract, 'train-dpo'),
  };
}
