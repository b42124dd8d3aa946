import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { InputError, PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { templateVariables } from './render-prompt.js';

/**
 * What a model is asked, and with which values. The wording is data (configs/prompts/NAME.json), because a base model,
 * a chat model and `pocket` have to be asked differently; the values are code, because the stages give them.
 */
export const promptVariables = {
  solve: ['question'],
  rephrase: ['question'],
  statement: ['question', 'answer'],
  'backward-fobar': ['masked', 'answer'],
  'backward-self-verification': ['masked'],
  judge: ['question', 'solution'],
} as const;

export type PromptKind = keyof typeof promptVariables;

export type PromptSet = {
  readonly name: string;
  readonly version: number;
} & { readonly [kind in PromptKind]: string };

/** Loads configs/prompts/NAME.json. Throws `InputError` for an unknown name, `PromptError` for a file that is not right. */
export function loadPromptSet(name: string): PromptSet {
  const known = promptSetNames();
  if (!known.includes(name)) {
    throw new InputError(`Cannot load prompt set "${name}": unknown, choose one of ${known.join(', ')}`);
  }
  const file = packagePath('configs', 'prompts', `${name}.json`);
  return parsePromptSet(readFileSync(file, 'utf8'), { name });
}

export const promptSetNames = (): readonly string[] =>
  readdirSync(packagePath('configs', 'prompts'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();

/** Reads a prompt set from JSON text under a strict schema: unknown keys and unknown variables are refused. */
export function parsePromptSet(text: string, { name }: { readonly name: string }): PromptSet {
  const set = checkShape(text, name);
  if (set.name !== name) {
    throw new PromptError(`Cannot load prompt set "${name}": the file calls itself "${set.name}", make them the same`);
  }
  for (const kind of Object.keys(promptVariables) as PromptKind[]) {
    const expected = [...promptVariables[kind]].sort().join(', ');
    const found = templateVariables(set[kind]).sort().join(', ');
    if (found !== expected) {
      throw new PromptError(
        `Cannot load prompt set "${name}": "${kind}" uses the variables [${found}], it must use exactly [${expected}]`,
      );
    }
  }
  return set;
}

function checkShape(text: string, name: string): PromptSet {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new PromptError(`Cannot load prompt set "${name}": not valid JSON, correct the file`, { cause });
  }
  const template = z.string().min(1);
  const templates = Object.fromEntries(Object.keys(promptVariables).map((kind) => [kind, template]));
  const schema = z.strictObject({ name: z.string(), version: z.int().positive(), ...templates });
  const result = schema.safeParse(data);
  if (result.success) return result.data as PromptSet;
  const issues = result.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new PromptError(`Cannot load prompt set "${name}": ${issues.join('; ')}`);
}
