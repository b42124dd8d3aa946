import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../../describe-schema-issue.js';
import { PromptError } from '../../errors.js';
import { packagePath } from '../../package-root.js';
import { renderPrompt } from '../../prompts/render-prompt.js';

const template = z.string().min(1);
const schema = z.strictObject({
  version: z.int().positive(),
  grade: template,
  difficulty: template,
  quality: template,
  category: template,
  safety: template,
  soundness: template,
});

type JudgingPrompts = z.infer<typeof schema>;
export type JudgingKind = Exclude<keyof JudgingPrompts, 'version'>;

let loaded: JudgingPrompts | undefined;

/**
 * The words in which a model is asked for a grade or a tag: configs/magpie-prompts.json (the judge's yes or no is in the prompt sets), with the question, the solution or the words of a
 * tag put in. Throws `PromptError` where the file is not right.
 */
export function judgingPrompt(kind: JudgingKind, values: Readonly<Record<string, string>>): string {
  return renderPrompt(loadPrompts()[kind], { name: kind, values });
}

/** `grade@1`: what rows name a prompt by; the number goes up with every change of the file. */
export function judgingPromptName(kind: JudgingKind): string {
  return `${kind}@${loadPrompts().version}`;
}

function loadPrompts(): JudgingPrompts {
  if (loaded !== undefined) return loaded;
  const value = JSON.parse(readFileSync(packagePath('configs', 'magpie-prompts.json'), 'utf8'));
  const fault = describeSchemaIssue(schema, value);
  if (fault !== undefined) throw new PromptError(`Cannot load configs/magpie-prompts.json: ${fault}; correct the file`);
  loaded = schema.parse(value);
  return loaded;
}
