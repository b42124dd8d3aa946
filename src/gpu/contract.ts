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
      const schema: JsonSchema = JSON.parse(readFileSync(join(place, file), 'utf8'));
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
