import type { ErrorObject } from 'ajv';
import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { nearestOf } from '../nearest.js';
import type { Contract, JsonSchema } from './contract.js';

export type ScriptConfig = { readonly [key: string]: unknown };

/**
 * Checks a configuration against its script's schema before Python is started, which takes seconds. Throws `InputError`
 * that names the key, what is wrong with it and, for an unknown key, the nearest known one. Defaults are Python's part.
 */
export function checkConfig(config: ScriptConfig, { script, contract }: { script: string; contract: Contract }): void {
  const errors = contract.checker(`${script}.config`)(config);
  const [error] = [...errors].sort((a, b) => weight(a) - weight(b));
  if (error === undefined) return;
  throw new InputError(`Cannot start ${script}: ${describe(error, knownKeys(error, { script, contract }))}`);
}

/** An unknown key first: the missing one beside it is often the same, spelled right. */
function weight({ keyword }: ErrorObject): number {
  const position = ['additionalProperties', 'unevaluatedProperties', 'required'].indexOf(keyword);
  return position === -1 ? Number.MAX_SAFE_INTEGER : position;
}

function describe({ keyword, instancePath, params, message = 'does not fit', data }: ErrorObject, known: string[]) {
  const path = instancePath.split('/').slice(1);
  const place = path.length === 0 ? 'the configuration' : `"${path.join('.')}"`;
  const at = (key: unknown) => [...path, String(key)].join('.');
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      const nearest = nearestOf(key, known);
      const guess = nearest === undefined ? `known are ${known.join(', ')}` : `nearest: ${at(nearest)}`;
      return `there is no setting "${at(key)}" (${guess})`;
    }
    case 'required':
      return `the setting "${at(params.missingProperty)}" is missing; give it in the configuration or with ${named('set')}`;
    case 'enum':
      return `${place} is ${show(data)}; choose one of ${(params.allowedValues as unknown[]).map(show).join(', ')}`;
    case 'type':
      return `${place} is ${show(data)}; it must be ${[params.type].flat().join(' or ')}`;
    default:
      return `${place} is ${show(data)}; it ${message.replace(/\.$/, '')}`;
  }
}

/** The keys that the schema knows at the place of an error. */
function knownKeys({ instancePath }: ErrorObject, { script, contract }: { script: string; contract: Contract }) {
  const root = contract.schema(`${script}.config`);
  const follow = (part: JsonSchema): JsonSchema => {
    const local = /^#\/\$defs\/(.+)$/.exec(part.$ref ?? '')?.[1];
    if (local !== undefined) return (root.$defs as { [name: string]: JsonSchema })[local] ?? {};
    return part.$ref === undefined ? part : contract.schema(part.$ref.replace(/\.schema\.json$/, ''));
  };
  const path = instancePath.split('/').slice(1);
  const place = path.reduce((part, key) => follow(part.properties?.[key] ?? {}), root);
  return Object.keys(place.properties ?? {});
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
