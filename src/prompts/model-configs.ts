import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { PromptError } from '../errors.js';
import { packagePath } from '../package-root.js';
import { loadUserModels } from './user-models.js';

/** One entry of configs/model_configs.json: the keys that Magpie's own scripts read, and what is known beyond them. */
export type ModelConfig = {
  readonly model_name: string;
  /** The name that hubs give the licence of the weights, and where that is said; null where nobody looked it up. */
  readonly licence: { readonly name: string; readonly source: string } | null;
  /** What ends a problem: the first of these. */
  readonly stop_tokens: readonly string[];
  /** Ids of those stop tokens whose id is known. */
  readonly stop_token_ids: readonly number[];
  /** Words at which Magpie cuts a problem; empty here, since a problem may well hold the word "assistant". */
  readonly stop_tokens_assistant: readonly string[];
  /** The text in front of an open user turn, as the model's chat template writes it. */
  readonly pre_query_template: string;
  /** What Magpie's table has instead; null where it has no such model. */
  readonly upstream_pre_query_template: string | null;
  /** Name in configs/chat-templates.json; null where none is recorded. */
  readonly chat_template: string | null;
  readonly begin_token: string;
  readonly end_token: string;
  /** Special strings of the vocabulary with their ids; null where the id is not verified. */
  readonly special_tokens: { readonly [text: string]: number | null };
  /**
   * Tokens that a problem does not begin with, and their ids: headings of Markdown in Llama 3.1 (magpie-align/magpie@b734a36,
   * exp/str_utils.py, de_md_logits_processor_for_llama3_1). Absent: none.
   */
  readonly forbidden_tokens?: { readonly [text: string]: number } | undefined;
  /** Delimiters that are plain text of several tokens in this vocabulary, by design. */
  readonly plain_delimiters: readonly string[];
  /** Its family in configs/thinking.json; absent where it does not think, or where its chat template tells. */
  readonly thinking?: string | undefined;
  /** How many tokens the model was trained to look back on. */
  readonly context_tokens: number | null;
  /** The longest problem and the longest answer that the originals' scripts allow it, where that is no usual number (`instructionTokens`, `responseTokens`). */
  readonly instruction_tokens?: number | undefined;
  readonly response_tokens?: number | undefined;
  readonly source: string;
  /** Where this entry departs from Magpie's table or another's, and why. */
  readonly corrections: readonly string[];
};

export type ModelConfigs = { readonly [model: string]: ModelConfig };

const text = z.string().min(1);
const schema = z.record(
  text,
  z.strictObject({
    model_name: text,
    licence: z.strictObject({ name: text, source: text }).nullable(),
    stop_tokens: z.array(text).min(1),
    stop_token_ids: z.array(z.int().nonnegative()),
    stop_tokens_assistant: z.array(text),
    pre_query_template: text,
    upstream_pre_query_template: text.nullable(),
    chat_template: text.nullable(),
    begin_token: z.string(),
    end_token: text,
    special_tokens: z.record(text, z.int().nonnegative().nullable()),
    forbidden_tokens: z.record(text, z.int().nonnegative()).optional(),
    plain_delimiters: z.array(text),
    thinking: text.optional(),
    context_tokens: z.int().positive().nullable(),
    instruction_tokens: z.int().positive().optional(),
    response_tokens: z.int().positive().optional(),
    source: text,
    corrections: z.array(text),
  }),
);

let loaded: ModelConfigs | undefined;

/** The table of models, read once, with those of the user in front (`loadUserModels`). Throws `PromptError` where a file is not right. */
export function loadModelConfigs(): ModelConfigs {
  loaded ??= {
    ...parseModelConfigs(readFileSync(packagePath('configs', 'model_configs.json'), 'utf8')),
    ...loadUserModels(),
  };
  return loaded;
}

/** From now on the user's table is this file, here and in processes that are started. Throws `PromptError` where it is not right. */
export function useUserModels(file: string): void {
  process.env.MATHPIE_MODELS = resolve(file);
  loaded = undefined;
  loadModelConfigs();
}

/** Reads the table from JSON text under a strict schema. Throws `PromptError` in one line. */
export function parseModelConfigs(json: string): ModelConfigs {
  const configs = parseJson(json);
  const issue = describeSchemaIssue(schema, configs) ?? findContradiction(configs as ModelConfigs);
  if (issue !== undefined) throw new PromptError(`Cannot use configs/model_configs.json: ${issue}; correct the entry`);
  return configs as ModelConfigs;
}

/**
 * The entry of a model string: `vllm:Qwen/Qwen2.5-7B-Instruct`, `http://host/v1#Qwen/Qwen2.5-7B-Instruct`, a bare name, or
 * the name without its owner where only one model is called so. Undefined where there is none.
 */
export function findModelConfig(model: string, configs: ModelConfigs = loadModelConfigs()): ModelConfig | undefined {
  const name = model
    .replace(/^[^#]*#/, '')
    .replace(/^(?:vllm|openai|anthropic|gemini|openrouter|azure|ollama|hf):/, '')
    .replace(/\?.*$/, '');
  const exact = Object.entries(configs).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (exact !== undefined) return exact[1];
  const named = Object.entries(configs).filter(([key]) => key.toLowerCase().endsWith(`/${name.toLowerCase()}`));
  return named.length === 1 ? named[0]?.[1] : undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new PromptError('Cannot use configs/model_configs.json: not valid JSON; correct the file', { cause });
  }
}

/** What a schema does not see. */
function findContradiction(configs: ModelConfigs): string | undefined {
  for (const [name, config] of Object.entries(configs)) {
    const known = (token: string): boolean => token in config.special_tokens;
    const ids = config.stop_tokens.map((token) => config.special_tokens[token]).filter((id) => typeof id === 'number');
    const stray = config.stop_tokens.find((token) => !known(token));
    if (config.model_name !== name) return `${name}: it calls itself "${config.model_name}"`;
    if (stray !== undefined) return `${name}: stop token "${stray}" is none of its special tokens`;
    if (ids.join() !== config.stop_token_ids.join()) return `${name}: stop_token_ids are not those of stop_tokens`;
    if (config.begin_token !== '' && !known(config.begin_token)) return `${name}: begin_token is no special token`;
  }
  return undefined;
}
