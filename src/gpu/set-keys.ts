import { InputError } from '../errors.js';
import type { ScriptConfig } from './check-config.js';

/** The configuration with settings such as `learningRate=1e-5` or `ray.workers=2` put in: JSON values, else text. */
export function setKeys(config: ScriptConfig, assignments: readonly string[]): ScriptConfig {
  return assignments.reduce((result, assignment) => {
    const [, name = '', text = ''] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (name === '') throw new InputError(`Cannot set "${assignment}": it has no value; write key=value`);
    return setKey(result, { path: name.split('.'), value: parseValue(text) });
  }, config);
}

function setKey(
  config: ScriptConfig,
  { path: [key = '', ...rest], value }: { path: readonly string[]; value: unknown },
): ScriptConfig {
  if (rest.length === 0) return { ...config, [key]: value };
  const inner = config[key] ?? {};
  if (typeof inner !== 'object' || Array.isArray(inner)) {
    throw new InputError(`Cannot set "${[key, ...rest].join('.')}": "${key}" is no object; set "${key}" as a whole`);
  }
  return { ...config, [key]: setKey(inner as ScriptConfig, { path: rest, value }) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
