import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { InputError, PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { loadPromptExamples, type PromptExamples } from './prompt-examples.js';
import {
  optionalVariables,
  type PromptKind,
  promptVariables,
  type QueryKind,
  queryVariables,
} from './prompt-variables.js';
import { templateVariables } from './render-prompt.js';

export type { PromptKind } from './prompt-variables.js';

/** The words in which a model is asked: a template for each kind of question (docs/prompts.md). */
export type PromptSet = {
  readonly name: string;
  /** Goes up with every change of a template or an example: rows name it. */
  readonly version: number;
  /** Solved examples, shown to the model in front of the question. */
  readonly examples?: PromptExamples;
} & { readonly [kind in PromptKind]: string } & { readonly [kind in QueryKind]?: string };

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

/**
 * Reads a prompt set from JSON text under a strict schema: unknown keys and unknown variables are refused. `examples`
 * names a file of configs/prompts/examples.
 */
export function parsePromptSet(text: string, { name }: { readonly name: string }): PromptSet {
  const { examples, ...set } = checkShape(text, name);
  if (set.name !== name) {
    throw new PromptError(`Cannot load prompt set "${name}": the file calls itself "${set.name}", make them the same`);
  }
  for (const kind of Object.keys(promptVariables) as PromptKind[]) checkVariables(set, kind);
  for (const kind of Object.keys(queryVariables) as QueryKind[]) if (set[kind] !== undefined) checkVariables(set, kind);
  return examples === undefined ? set : { ...set, examples: loadPromptExamples(examples) };
}

function checkVariables(set: PromptSet, kind: PromptKind | QueryKind): void {
  const required: readonly string[] = { ...promptVariables, ...queryVariables }[kind];
  const optional = optionalVariables[kind] ?? [];
  const found = templateVariables(set[kind] ?? '');
  const isRight =
    required.every((variable) => found.includes(variable)) &&
    found.every((variable) => required.includes(variable) || optional.includes(variable));
  if (isRight) return;
  const also = optional.length === 0 ? '' : ` and may use [${optional.join(', ')}]`;
  throw new PromptError(
    `Cannot load prompt set "${set.name}": "${kind}" uses the variables [${[...found].sort().join(', ')}], it must use exactly [${[...required].sort().join(', ')}]${also}`,
  );
}

type PromptFile = Omit<PromptSet, 'examples'> & { readonly examples?: string };

function checkShape(text: string, name: string): PromptFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new PromptError(`Cannot load prompt set "${name}": not valid JSON, correct the file`, { cause });
  }
  const template = z.string().min(1);
  const templates = Object.fromEntries([
    ...Object.keys(promptVariables).map((kind) => [kind, template]),
    ...Object.keys(queryVariables).map((kind) => [kind, template.optional()]),
  ]);
  const schema = z.strictObject({
    name: z.string(),
    version: z.int().positive(),
    examples: z.string().min(1).optional(),
    ...templates,
  });
  const result = schema.safeParse(data);
  if (result.success) return result.data as PromptFile;
  const issues = result.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new PromptError(`Cannot load prompt set "${name}": ${issues.join('; ')}`);
}
