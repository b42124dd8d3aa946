import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeSchemaIssue } from '../describe-schema-issue.js';
import { PromptError } from '../errors.js';
import { findSpecialStrings } from './find-special-strings.js';
import type { ModelConfigs } from './model-configs.js';

/** Models of one's own, in the working directory. */
export const userModelsFile = 'mathpie.models.json';

const text = z.string().min(1);
const tokens = z.array(text);
const schema = z.record(
  text,
  z.looseObject({
    pre_query_template: text,
    stop_tokens: tokens.min(1),
    stop_token_ids: z.array(z.int().nonnegative()).optional(),
    stop_tokens_assistant: tokens.optional(),
    begin_token: z.string().optional(),
    end_token: text.optional(),
    context_tokens: z.int().positive().nullable().optional(),
    instruction_tokens: z.int().positive().optional(),
    response_tokens: z.int().positive().optional(),
    thinking: text.optional(),
  }),
);

/**
 * The table of models that the user keeps, in the schema of configs/model_configs.json, of which what Magpie's own table has is enough
 * (`pre_query_template`, `stop_tokens`, `stop_token_ids`): MATHPIE_MODELS, or mathpie.models.json in the working directory; empty where neither is
 * there. Throws `PromptError` that names file and entry.
 */
export function loadUserModels(file: string = process.env.MATHPIE_MODELS ?? userModelsFile): ModelConfigs {
  const isNamed = process.env.MATHPIE_MODELS !== undefined;
  if (!isNamed && !existsSync(file)) return {};
  const models = read(file);
  const entries = Object.entries(models).map(([name, entry]) => {
    const { stop_tokens: stops, stop_token_ids: ids = [] } = entry;
    return [
      name,
      {
        model_name: name,
        licence: null,
        stop_tokens: stops,
        stop_token_ids: ids,
        stop_tokens_assistant: entry.stop_tokens_assistant ?? [],
        pre_query_template: entry.pre_query_template,
        upstream_pre_query_template: null,
        chat_template: null,
        begin_token: entry.begin_token ?? '',
        end_token: entry.end_token ?? stops[0] ?? '',
        // The original's ids stand in no given order beside its tokens, so that which is whose is left open
        special_tokens: Object.fromEntries(
          [...findSpecialStrings(entry.pre_query_template), ...stops].map((token) => [token, null]),
        ),
        plain_delimiters: [],
        ...(entry.thinking === undefined ? {} : { thinking: entry.thinking }),
        context_tokens: entry.context_tokens ?? null,
        instruction_tokens: entry.instruction_tokens,
        response_tokens: entry.response_tokens,
        source: file,
        corrections: [],
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function read(file: string): z.infer<typeof schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PromptError(`Cannot use ${file}: it cannot be read as JSON; correct it, docs/magpie.md shows an entry`, {
      cause,
    });
  }
  const issue = describeSchemaIssue(schema, value);
  if (issue !== undefined)
    throw new PromptError(`Cannot use ${file}: ${issue}; correct the entry, docs/magpie.md shows one`);
  return value as z.infer<typeof schema>;
}
