/** What scripts/docs.mjs makes documents of: definitions, and the pages and schemas that are readings of them. */

export { allSteps } from '../all-steps.js';
export { loadContract } from '../gpu/contract.js';
export { recipeSchemas } from './schemas.js';
export { stepsPage } from './steps-page.js';
