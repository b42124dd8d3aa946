import { apiPages } from './api-pages.mjs';
import { openChecker } from './checker.mjs';
import { fileMap } from './file-map.mjs';
import { rowSchemas } from './row-schemas.mjs';
import { scriptSettings } from './script-settings.mjs';

/**
 * Every file of this repository that is made from others, by path: docs/steps.md and the schemas of recipes from the definitions of
 * `library` (src/reference), the schemas of rows from the types, docs/map.md from first
 * docstrings, docs/api from those of public names, and src/gpu/script-settings.ts from python-gpu/contract.
 */
export async function makeDocuments(root, library) {
  const checker = openChecker(root);
  try {
    const { allSteps, loadContract, recipeSchemas, stepsPage } = library;
    const schemas = { ...(await recipeSchemas(allSteps, await loadContract())), ...rowSchemas(checker) };
    const files = Object.entries(schemas).map(([name, schema]) => [
      `schemas/${name}`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]);
    return {
      'docs/steps.md': stepsPage(allSteps),
      'src/gpu/script-settings.ts': scriptSettings(root),
      'docs/map.md': fileMap(root),
      ...apiPages(root, checker),
      ...Object.fromEntries(files),
    };
  } finally {
    checker.close();
  }
}
