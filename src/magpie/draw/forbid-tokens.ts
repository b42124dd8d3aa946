import { InputError, ModelError } from '../../errors.js';
import type { LanguageModel, Sampling } from '../../models/language-model.js';
import { named } from '../../name-setting.js';
import { findModelConfig } from '../../prompts/model-configs.js';

/** Texts of one token each. Undefined: the model's own `forbidden_tokens`; empty: none. */
export type ForbidOptions = {
  /** Never drawn. */
  readonly forbid?: readonly string[] | undefined;
  /** A problem does not begin with them. */
  readonly forbidFirst?: readonly string[] | undefined;
};

export type ForbiddenTokens = {
  readonly sampling: Pick<Sampling, 'forbiddenTokens' | 'forbiddenFirstTokens'>;
  /** For the rows: texts with their ids, and where they are masked. Empty where nothing is. */
  readonly record: {
    readonly forbidden_tokens?: { readonly [text: string]: number };
    readonly forbidden_first_tokens?: { readonly [text: string]: number };
  };
};

/**
 * The tokens that a model is kept from drawing. Where nothing is asked for, those of configs/model_configs.json are masked at the first
 * token, in the whole text by an engine that cannot tell them apart, and not at all by one that masks none. Throws `InputError` for a text that
 * is not one token of the model, and `ModelError` for a wish that the engine cannot keep to.
 */
export async function forbidTokens(
  model: LanguageModel,
  { forbid, forbidFirst }: ForbidOptions,
): Promise<ForbiddenTokens> {
  const able = model.capabilities.forbiddenTokens;
  const isOwn = forbid === undefined && forbidFirst === undefined;
  const own = isOwn ? Object.keys(findModelConfig(model.name)?.forbidden_tokens ?? {}) : [];
  const first = able === 'first' ? (isOwn ? own : (forbidFirst ?? [])) : (forbidFirst ?? []);
  const whole = able === 'whole' && isOwn ? own : (forbid ?? []);
  if (first.length > 0 && able !== 'first') {
    throw new ModelError(
      `Cannot forbid ${quote(first[0])} at the beginning alone with ${model.name}: ${able === undefined ? 'it cannot mask tokens' : `it can mask tokens in the whole text only; use ${named('forbid')}`}, or pocket or gguf:FILE`,
    );
  }
  if (whole.length > 0 && able === undefined) {
    throw new ModelError(
      `Cannot forbid ${quote(whole[0])} with ${model.name}: it cannot mask tokens; use pocket, gguf:FILE, vllm:OWNER/NAME or a server, or leave ${named('forbid')} out`,
    );
  }
  const [wholeIds, firstIds] = [await lookUp(model, whole), await lookUp(model, first)];
  return {
    sampling: {
      ...(whole.length > 0 ? { forbiddenTokens: Object.values(wholeIds) } : {}),
      ...(first.length > 0 ? { forbiddenFirstTokens: Object.values(firstIds) } : {}),
    },
    record: {
      ...(whole.length > 0 ? { forbidden_tokens: wholeIds } : {}),
      ...(first.length > 0 ? { forbidden_first_tokens: firstIds } : {}),
    },
  };
}

/** By the model's tokenizer; by the table where the engine does not tell. */
async function lookUp(model: LanguageModel, texts: readonly string[]): Promise<{ readonly [text: string]: number }> {
  const known = findModelConfig(model.name);
  const ids: Record<string, number> = {};
  for (const text of texts) {
    const found = await model.tokenize?.(text);
    const id = found === undefined ? (known?.forbidden_tokens?.[text] ?? known?.special_tokens[text]) : found[0];
    if (found !== undefined && found.length !== 1) {
      throw new InputError(
        `Cannot forbid ${quote(text)}: it is ${found.length} tokens of ${model.name} and not one; name single tokens`,
      );
    }
    if (typeof id !== 'number') {
      throw new InputError(
        `Cannot forbid ${quote(text)}: ${model.name} does not tell its tokens, and configs/model_configs.json has no id for it; leave it out, or add it to forbidden_tokens there`,
      );
    }
    ids[text] = id;
  }
  return ids;
}

const quote = (text = ''): string => JSON.stringify(text);
