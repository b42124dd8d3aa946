import { headSettings, modelRoles, recipeName, sourceSetting } from '../steps/recipe.js';
import { type JsonSchema, type Settings, textSchema, toJsonSchema } from '../steps/setting.js';
import type { AnyStep } from '../steps/step.js';

/** The schema that editors complete a recipe by: the head, who is asked, and the settings of every step. */
export function recipeSchema(steps: readonly AnyStep[]): JsonSchema {
  const roles = Object.entries(modelRoles).map(([role, says]) => [role, { ...textSchema, description: says }]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Recipe of mathpie run-recipe',
    type: 'object',
    required: [...requiredOf(headSettings), 'models'],
    additionalProperties: false,
    // One step at least
    anyOf: steps.map(({ name }) => ({ required: [name] })),
    properties: {
      $schema: { type: 'string', description: 'where this schema is, for editors' },
      ...propertiesOf(headSettings),
      name: { ...toJsonSchema(headSettings.name), pattern: recipeName.source },
      models: {
        type: 'object',
        description: 'who does what, as model strings',
        additionalProperties: false,
        properties: Object.fromEntries(roles),
      },
      ...Object.fromEntries(steps.map((step) => [step.name, stepSchema(step)])),
    },
  };
}

function stepSchema({ settings, says, isRepeated = false }: AnyStep): JsonSchema {
  const given: Settings = { ...settings, source: sourceSetting };
  const required = requiredOf(given);
  const one = {
    type: 'object',
    description: says,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    properties: propertiesOf(given),
  };
  if (!isRepeated) return one;
  return {
    type: 'object',
    description: `${says}; several of them, by name`,
    minProperties: 1,
    propertyNames: { pattern: recipeName.source },
    additionalProperties: one,
  };
}

const propertiesOf = (settings: Settings): JsonSchema =>
  Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, toJsonSchema(setting)]));

const requiredOf = (settings: Settings): readonly string[] =>
  Object.entries(settings).flatMap(([key, { isRequired }]) => (isRequired ? [key] : []));
