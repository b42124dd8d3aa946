import { ModelError } from '../../errors.js';
import type { LanguageModel } from '../../models/language-model.js';
import { findSpecialStrings } from '../../prompts/find-special-strings.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import type { OpenTurn } from './open-user-turn.js';

/**
 * The token ids of an open turn by the model's own tokenizer, as its chat template is read: given as ids, the text can neither get a second
 * begin token nor be read otherwise. Undefined where the engine takes no ids or tells none; the text is given then.
 * Throws `ModelError` where configs/model_configs.json knows a string as one token and the tokenizer does not.
 */
export async function turnTokens(model: LanguageModel, turn: OpenTurn): Promise<readonly number[] | undefined> {
  const { capabilities, tokenize } = model;
  if (!capabilities.tokenIds || tokenize === undefined) return undefined;
  // "[INST] " ends in a space, which a tokenizer joins with the word behind it: as a token of its own no model has seen it there
  const tokens = await tokenize(turn.text.replace(/ +$/, ''), { isPrompt: true });
  if (tokens === undefined) return undefined;
  const known = findModelConfig(model.name)?.special_tokens ?? {};
  for (const text of findSpecialStrings(turn.text, Object.keys(known))) {
    const wanted = known[text];
    if (wanted === undefined) continue;
    const found = (await tokenize(text)) ?? [];
    const isKnown = found.length === 1 && (wanted === null || found[0] === wanted);
    if (isKnown) continue;
    const read = found.length === 1 ? `is token ${found[0]}` : `is ${found.length} tokens`;
    const meant = wanted === null ? 'one token' : `token ${wanted}`;
    throw new ModelError(
      `Cannot draw instructions from ${model.name}: "${text}" of its chat template ${read} to its tokenizer, and ${meant} in configs/model_configs.json; use the model's own tokenizer, or mend the entry`,
    );
  }
  return tokens;
}
