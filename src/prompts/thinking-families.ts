import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';

/** How a family of models marks what it thinks: an entry of configs/thinking.json. */
export type ThinkingFamily = {
  readonly name: string;
  readonly open: string;
  readonly close: string;
  /** Where its chat templates take the thought of an assistant turn from; null where it stands in the content. */
  readonly field: 'thinking' | 'reasoning_content' | null;
  /** Thought and answer as one text, `{thinking}` and `{response}` in it. */
  readonly written: string;
  readonly models: string;
  readonly source: string;
};

const text = z.string().min(1);
const schema = z.strictObject({
  comment: text,
  families: z.record(
    text,
    z.strictObject({
      open: text,
      close: text,
      field: z.enum(['thinking', 'reasoning_content']).nullable(),
      written: text,
      models: text,
      source: text,
    }),
  ),
});

let loaded: readonly ThinkingFamily[] | undefined;

/** All families, read once; the first is the one of most models. Throws `PromptError` where the file is not right. */
export function loadThinkingFamilies(): readonly ThinkingFamily[] {
  if (loaded !== undefined) return loaded;
  const value: unknown = JSON.parse(readFileSync(packagePath('configs', 'thinking.json'), 'utf8'));
  const issue = describeSchemaIssue(schema, value);
  if (issue !== undefined) throw new PromptError(`Cannot use configs/thinking.json: ${issue}; correct the entry`);
  const { families } = value as { readonly families: Readonly<Record<string, Omit<ThinkingFamily, 'name'>>> };
  loaded = Object.entries(families).map(([name, family]) => ({ name, ...family }));
  return loaded;
}

/** The family of a name. Throws `PromptError` with the names where there is none. */
export function thinkingFamily(name: string): ThinkingFamily {
  const families = loadThinkingFamilies();
  const found = families.find((family) => family.name === name);
  if (found !== undefined) return found;
  const names = families.map((family) => family.name).join(', ');
  throw new PromptError(
    `Cannot find the thinking marks "${name}": configs/thinking.json has ${names}; name one of them`,
  );
}

/** A thought and its answer as the one text that a model of the family writes; without a thought the answer alone. */
export function writeThinking(
  { thinking, response }: { readonly thinking?: string | undefined; readonly response: string },
  { written }: Pick<ThinkingFamily, 'written'>,
): string {
  if (thinking === undefined || thinking.trim() === '') return response;
  const parts: Readonly<Record<string, string>> = { thinking, response };
  return written.replace(/\{(thinking|response)\}/g, (_, name: string) => parts[name] ?? '');
}
