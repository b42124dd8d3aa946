import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The settings of these scripts are typed; `run` is an option of its own. */
const typed = { generate: 'GenerateSettings', 'train-sft': 'TrainSftSettings', 'train-dpo': 'TrainDpoSettings' };
const own = new Set(['run']);

/** src/gpu/script-settings.ts: the settings of the scripts of python-gpu as types, from the JSON Schemas that check them. */
export function scriptSettings(root) {
  const types = Object.entries(typed).map(([script, name]) => {
    const schema = read(root, `${script}.config.schema.json`);
    const members = Object.entries(propertiesOf(root, schema)).filter(([key]) => !own.has(key));
    return `/** ${sentence(schema.title)}, each as its JSON Schema has it; what is left out is decided there. */\nexport type ${name} = {\n${members.map(member).join('\n')}\n};`;
  });
  const head = '/** Made by `npm run docs` from python-gpu/contract/*.config.schema.json: do not edit it. */';
  return format(root, `${[head, ...types].join('\n\n')}\n`);
}

/** A schema's properties over those of the schemas that it takes over. */
function propertiesOf(root, { allOf = [], properties = {} }) {
  const merged = {};
  for (const { $ref } of allOf) Object.assign(merged, propertiesOf(root, read(root, $ref)));
  for (const [key, property] of Object.entries(properties)) merged[key] = { ...merged[key], ...property };
  return merged;
}

function member([key, property]) {
  const fallback = property.default === undefined ? '' : ` @default ${JSON.stringify(property.default)}`;
  const says = `${sentence(property.description ?? '')}${property.description ? '.' : ''}${fallback}`.replaceAll(
    '*/',
    '* /',
  );
  return `  /** ${says.trim()} */\n  readonly ${key}?: ${typeOf(property)};`;
}

function typeOf(schema) {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') return `readonly (${typeOf(schema.items ?? {})})[]`;
  if (schema.type === 'object') return objectType(schema);
  return (
    { integer: 'number', number: 'number', string: 'string', boolean: 'boolean', null: 'null' }[schema.type] ??
    'unknown'
  );
}

function objectType({ properties, required = [], additionalProperties }) {
  if (properties === undefined) return `{ readonly [name: string]: ${typeOf(additionalProperties ?? {})} }`;
  const inner = Object.entries(properties).map(
    ([key, property]) => `readonly ${key}${required.includes(key) ? '' : '?'}: ${typeOf(property)}`,
  );
  return `{ ${inner.join('; ')} }`;
}

const sentence = (text) => text.replace(/\s+/g, ' ').replace(/\.$/, '');

const read = (root, file) => JSON.parse(readFileSync(join(root, 'python-gpu', 'contract', file), 'utf8'));

function format(root, text) {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const words = [biome, 'format', '--stdin-file-path=src/gpu/script-settings.ts'];
  return execFileSync(process.execPath, words, { cwd: root, input: text, encoding: 'utf8' });
}
