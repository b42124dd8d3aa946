import { choosingSteps } from './choosing-steps.js';
import { comparingSteps } from './comparing-steps.js';
import { exportingSteps } from './exporting-steps.js';
import { generatingSteps } from './generating-steps.js';
import type { MagpieRecipe } from './recipe-schema.js';
import type { RecipeStep } from './recipe-step.js';
import { taggingSteps } from './tagging-steps.js';

/** The steps of a recipe in the order in which they are done; those that it does not name are left out. */
export function listSteps(recipe: MagpieRecipe): readonly RecipeStep[] {
  return [
    ...generatingSteps(recipe),
    ...comparingSteps(recipe),
    ...taggingSteps(recipe),
    ...choosingSteps(recipe),
    ...exportingSteps(recipe),
  ];
}
