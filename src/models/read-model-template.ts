import { existsSync, statSync } from 'node:fs';
import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import type { ChatTemplate } from '../prompts/chat-template.js';
import { findSpecialStrings } from '../prompts/find-special-strings.js';
import { findModelConfig, loadModelConfigs, type ModelConfig } from '../prompts/model-configs.js';
import { derivePreQuery } from '../prompts/pre-query.js';
import { readModelFolder } from '../prompts/read-model-folder.js';
import { recordedTemplate } from '../prompts/recorded-templates.js';
import { openEngine } from './embedded/llama-engine.js';
import { readGguf } from './embedded/read-gguf.js';
import { tryLoading } from './embedded/try-loading.js';
import { findModelFile, isFileName } from './files/find-model-file.js';
import { ownModelFile } from './own-models.js';

export type ModelTemplate = {
  readonly template: ChatTemplate | undefined;
  /** Where the template is from; undefined where there is none. */
  readonly from: string | undefined;
  readonly config: ModelConfig | undefined;
  /** Ids of special strings by the model's own tokenizer; undefined where it is not at hand. */
  readonly tokens: ReadonlyMap<string, number> | undefined;
};

/**
 * The chat template of a model string without loading its weights for generation: `pocket`, `gguf:FILE`, `hf:` and `ollama:` from the file, a folder
 * (`vllm:FOLDER`, or its path) from its tokenizer, any other name from what configs/ records. `like` names the entry of
 * configs/model_configs.json that a local copy is compared with. Throws `InputError` for a model that nothing is known of.
 */
export async function readModelTemplate(
  model: string,
  { like = model }: { like?: string | undefined } = {},
): Promise<ModelTemplate> {
  const config = findEntry(model, like);
  const named = isFileName(model) ? await findModelFile(model, { environment: process.env }) : undefined;
  const file = ownModelFile(model) ?? named?.file;
  if (file !== undefined) return requireTemplate(await readGgufTemplate(file, config), model);
  const path = model.replace(/^vllm:/, '').replace(/\?.*$/, '');
  if (existsSync(path) && statSync(path).isDirectory()) {
    const { template, templateFile, tokens, hasTokenizer } = readModelFolder(path);
    const from = templateFile === undefined ? undefined : `${path}/${templateFile}`;
    return requireTemplate({ template, from, config, tokens: hasTokenizer ? tokens : undefined }, model);
  }
  if (config === undefined) {
    throw new InputError(
      `Cannot find a template of ${model}: neither a folder, a GGUF file nor a model of configs/model_configs.json (such as ${examples()}); give the folder of the model`,
    );
  }
  const template = recordedTemplate(config);
  const from = template === undefined ? undefined : `configs/chat-templates.json ("${config.chat_template}")`;
  return { template, from, config, tokens: undefined };
}

/** Without one, and without an entry in the table, there is nothing to show. */
function requireTemplate(found: ModelTemplate, model: string): ModelTemplate {
  if (found.template !== undefined || found.config !== undefined) return found;
  throw new InputError(
    `Cannot derive the text in front of a user turn from ${model}: it brings no chat template, and configs/model_configs.json has no such model; put its chat_template.jinja into the folder, or compare with ${named('like')} NAME`,
  );
}

/** A copy is known by its folder's name, where nothing else is said. */
function findEntry(model: string, like: string): ModelConfig | undefined {
  const found = findModelConfig(like) ?? findModelConfig(like.split(/[/\\]/).filter(Boolean).at(-1) ?? like);
  if (found !== undefined || like === model) return found;
  throw new InputError(
    `Cannot compare with ${like}: configs/model_configs.json has no such model (it has ${examples()} and others); name one of it`,
  );
}

async function readGgufTemplate(file: string, config: ModelConfig | undefined): Promise<ModelTemplate> {
  const source = readGguf(file).metadata.get('tokenizer.chat_template');
  await tryLoading(file);
  const engine = await openEngine(file);
  try {
    const template =
      typeof source === 'string' && source !== ''
        ? { source, beginToken: engine.beginToken, endToken: engine.endToken }
        : undefined;
    const texts = [
      template === undefined ? '' : derivePreQuery({ template }),
      engine.endToken,
      config?.pre_query_template ?? '',
      ...(config?.stop_tokens ?? []),
    ];
    const specials = findSpecialStrings(texts.join('\n'), Object.keys(config?.special_tokens ?? {}));
    const tokens = new Map<string, number>();
    for (const text of specials) {
      const [token, ...more] = engine.tokenize(text, { special: true });
      if (token !== undefined && more.length === 0) tokens.set(text, token);
    }
    return { template, from: template === undefined ? undefined : file, config, tokens };
  } finally {
    await engine.close();
  }
}

const examples = (): string => Object.keys(loadModelConfigs()).slice(-4).join(', ');
