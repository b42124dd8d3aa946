import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject } from 'ajv';
import { packagePath } from '../package-root.js';

/** The folder of the scripts; their schemas are in `contract` below it. */
export const scriptsFolder = (): string => packagePath('python-gpu');

export type JsonSchema = {
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
};

/** What is wrong with a value: nothing, or what the schema's checker says, all of it. */
export type CheckValue = (value: unknown) => readonly ErrorObject[];

export type Contract = {
  /** A schema by its name, such as `event` or `train-sft.config`. */
  schema(name: string): JsonSchema;
  checker(name: string): CheckValue;
};

const ending = '.schema.json';

const readSchema = (folder: string, file: string): JsonSchema => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/**
 * One schema in place of `"allOf": [{"$ref": "training.schema.json"}]` and what is added to it: a key that both have gets the
 * words of both, its own first. A checker of the two parts would call every shared key unknown as soon as one is wrong.
 */
function joined(schema: JsonSchema, read: (file: string) => JsonSchema): JsonSchema {
  const { allOf, unevaluatedProperties = true, ...own } = schema as JsonSchema & { allOf?: readonly JsonSchema[] };
  if (allOf === undefined || !allOf.every((part) => part.$ref !== undefined)) return schema;
  const parts = [...allOf.map(({ $ref = '' }) => read($ref)), own];
  const properties: { [name: string]: JsonSchema } = {};
  for (const [key, words] of parts.flatMap((part) => Object.entries(part.properties ?? {})))
    properties[key] = { ...properties[key], ...words };
  const required = parts.flatMap((part) => (part.required as readonly string[] | undefined) ?? []);
  return { ...own, required, properties, additionalProperties: unevaluatedProperties };
}

/**
 * Reads the JSON Schemas (draft 2020-12) that both sides share; they may refer to each other by file name. `folder` may
 * hold scripts of its own, with their schemas.
 */
export async function loadContract(folder = scriptsFolder()): Promise<Contract> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  // Not strict: words such as "x-mayChange" are for the other side, and so is `format`.
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, verbose: true });
  const schemas = new Map<string, JsonSchema>();
  for (const place of new Set([scriptsFolder(), folder].map((root) => join(root, 'contract')))) {
    for (const file of existsSync(place) ? readdirSync(place) : []) {
      if (!file.endsWith(ending)) continue;
      const schema = joined(readSchema(place, file), (other) => readSchema(place, other));
      schemas.set(file, schema);
      ajv.addSchema(schema, file);
    }
  }
  return {
    schema: (name) => schemas.get(name + ending) ?? {},
    checker: (name) => {
      const validate = ajv.getSchema(name + ending);
      if (validate === undefined) throw new RangeError(`Cannot check a ${name}: the contract has no such schema`);
      return (value) => (validate(value) ? [] : (validate.errors ?? []));
    },
  };
}
