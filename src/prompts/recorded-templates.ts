import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';
import type { ChatTemplate } from './chat-template.js';
import type { ModelConfig } from './model-configs.js';

const text = z.string().min(1);
const schema = z.record(text, z.strictObject({ source: text, note: text, template: text }));

/** A chat template of configs/chat-templates.json, and where its format is from. */
export type RecordedTemplate = { readonly source: string; readonly note: string; readonly template: string };

let loaded: { readonly [name: string]: RecordedTemplate } | undefined;

/** All recorded templates by name. Throws `PromptError` where the file is not right. */
export function loadRecordedTemplates(): { readonly [name: string]: RecordedTemplate } {
  if (loaded !== undefined) return loaded;
  const value: unknown = JSON.parse(readFileSync(packagePath('configs', 'chat-templates.json'), 'utf8'));
  const issue = describeSchemaIssue(schema, value);
  if (issue !== undefined) throw new PromptError(`Cannot use configs/chat-templates.json: ${issue}; correct the entry`);
  loaded = value as { readonly [name: string]: RecordedTemplate };
  return loaded;
}

/** The recorded chat template of a model; undefined where none is recorded. */
export function recordedTemplate(config: ModelConfig): ChatTemplate | undefined {
  if (config.chat_template === null) return undefined;
  const found = loadRecordedTemplates()[config.chat_template];
  if (found === undefined) {
    throw new PromptError(
      `Cannot use configs/model_configs.json: ${config.model_name} names the chat template "${config.chat_template}", which configs/chat-templates.json lacks; record it, or set null`,
    );
  }
  return { source: found.template, beginToken: config.begin_token, endToken: config.end_token };
}
