import { ModelError } from '../../errors.js';
import type { LanguageModel, Sampling } from '../../models/language-model.js';
import { named } from '../../name-setting.js';

/** What the logits of the first token are divided by (magpie-align/magpie@b734a36, exp/str_utils.py, flaming_tokens): its temperature is so many times that of the rest. */
export const flamingFactor = 1.2;

/** The temperature of the first token, where it is to be warmer. Greedy stays greedy. Throws `ModelError` for an engine that draws all tokens alike. */
export function flamingSampling(
  { name, capabilities }: Pick<LanguageModel, 'name' | 'capabilities'>,
  {
    temperature,
    flamingTokens = false,
  }: { readonly temperature: number; readonly flamingTokens?: boolean | undefined },
): Pick<Sampling, 'firstTemperature'> {
  if (!flamingTokens) return {};
  if (!capabilities.firstTemperature) {
    throw new ModelError(
      `Cannot draw a warmer first token from ${name}: a server has one temperature for all tokens; use vllm:OWNER/NAME, gguf:FILE or pocket, or leave ${named('flamingTokens')} out`,
    );
  }
  return temperature === 0 ? {} : { firstTemperature: flamingFactor * temperature };
}
