import { ModelError } from '../../errors.js';
import type { ChatTemplate } from '../../prompts/chat-template.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import { recordedTemplate } from '../../prompts/recorded-templates.js';
import type { Engine } from './llama-engine.js';

/**
 * The recorded chat template of another model, for a file that brings none: base models have none, and some conversions lose it. Throws
 * `ModelError` where none is recorded, and where a special token of it is none in this vocabulary: its delimiters would be plain text.
 */
export function borrowTemplate(
  like: string,
  { name, engine }: { readonly name: string; readonly engine: Pick<Engine, 'tokenize' | 'beginToken' | 'endToken'> },
): ChatTemplate {
  const config = findModelConfig(like);
  const recorded = config === undefined ? undefined : recordedTemplate(config);
  if (config === undefined || recorded === undefined) {
    throw new ModelError(
      `Cannot open ${name}: no chat template of ${like} is recorded; name a model of configs/model_configs.json that has one`,
    );
  }
  const foreign = Object.keys(config.special_tokens).find(
    (text) => recorded.source.includes(text) && engine.tokenize(text, { special: true }).length !== 1,
  );
  if (foreign !== undefined) {
    throw new ModelError(
      `Cannot open ${name} like ${like}: "${foreign}" is no token of its vocabulary; name a model of the same family`,
    );
  }
  return { ...recorded, beginToken: engine.beginToken, endToken: engine.endToken };
}
