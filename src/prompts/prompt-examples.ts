import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { optionalVariables, type PromptKind, promptVariables } from './prompt-variables.js';

/** One solved example of a prompt: the values that its template is filled with, and the reply that is wanted. */
export type PromptExample = {
  readonly values: Readonly<Record<string, string>>;
  readonly reply: string;
  /** What the reply's final answer has to be equal to; where the reply has none, absent. */
  readonly gold?: string;
};

export type PromptExamples = { readonly [kind in PromptKind]?: readonly PromptExample[] };

/** The kinds whose replies end in an answer. */
const answeringKinds: readonly PromptKind[] = ['solve', 'backward-fobar', 'backward-self-verification'];

/** Loads configs/prompts/examples/NAME.json. Throws `PromptError` for a file that is absent or not right. */
export function loadPromptExamples(name: string): PromptExamples {
  const known = promptExampleNames();
  if (!known.includes(name)) {
    throw new PromptError(`Cannot load prompt examples "${name}": unknown, choose one of ${known.join(', ')}`);
  }
  return parsePromptExamples(readFileSync(packagePath('configs', 'prompts', 'examples', `${name}.json`), 'utf8'), {
    name,
  });
}

export const promptExampleNames = (): readonly string[] =>
  readdirSync(packagePath('configs', 'prompts', 'examples'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();

/** Reads few-shot examples from JSON text: for each kind a list of `{…the template's variables, reply, gold?}`. */
export function parsePromptExamples(text: string, { name }: { readonly name: string }): PromptExamples {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new PromptError(`Cannot load prompt examples "${name}": not valid JSON, correct the file`, { cause });
  }
  const fault = describeSchemaIssue(schema, data);
  if (fault !== undefined) throw new PromptError(`Cannot load prompt examples "${name}": ${fault}`);
  const kinds = Object.entries(schema.parse(data)) as [PromptKind, Readonly<Record<string, string>>[]][];
  return Object.fromEntries(kinds.map(([kind, rows]) => [kind, rows.map(toExample)]));
}

function toExample({ reply = '', gold, ...values }: Readonly<Record<string, string>>): PromptExample {
  return { values, reply, ...(gold === undefined ? {} : { gold }) };
}

const words = z.string().regex(/\S/, 'it is empty');

const schema = z.strictObject(
  Object.fromEntries(
    (Object.keys(promptVariables) as PromptKind[]).map((kind) => {
      const fields = [...promptVariables[kind], ...(optionalVariables[kind] ?? []), 'reply'];
      if (answeringKinds.includes(kind)) fields.push('gold');
      const row = z.strictObject(Object.fromEntries(fields.map((field) => [field, words])));
      return [kind, z.array(row).min(1).optional()];
    }),
  ),
);
