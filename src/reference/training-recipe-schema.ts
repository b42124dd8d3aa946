import type { Contract } from '../gpu/contract.js';
import type { JsonSchema } from '../steps/setting.js';

/**
 * The schema of a recipe for a script of python-gpu, such as `train-sft`: its configuration (python-gpu/contract), of which a recipe need
 * not hold the run, the model and the data: the command line adds what is missing.
 */
export function trainingRecipeSchema(contract: Contract, script: 'train-sft' | 'train-dpo'): JsonSchema {
  const { $id: _, title: __, required: ___, properties, ...schema } = contract.schema(`${script}.config`);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Recipe of mathpie ${script.replace('-', ' ')}`,
    ...schema,
    properties: {
      $schema: { type: 'string', description: 'where this schema is, for editors' },
      ...properties,
    },
  };
}
