import type { LanguageModel } from '../../models/language-model.js';
import type { PromptSet } from '../../prompts/prompt-set.js';
import { engineOf, type ResponseConfigs } from '../rows/magpie-row.js';

/** How responses were made, in Magpie's field names. */
export function describeConfigs({
  model,
  promptSet,
  temperature,
  topP,
  maxTokens,
  minP,
  repetitionPenalty = 1,
}: {
  model: LanguageModel;
  promptSet: PromptSet;
  temperature: number | readonly number[];
  topP: number;
  maxTokens: number;
  minP?: number | undefined;
  repetitionPenalty?: number | undefined;
}): ResponseConfigs {
  return {
    prompt: `${promptSet.name}@${promptSet.version}`,
    temperature,
    top_p: topP,
    ...(minP === undefined ? {} : { min_p: minP }),
    repetition_penalty: repetitionPenalty,
    max_tokens: maxTokens,
    stop_tokens: [],
    output_generator: model.name,
    engine: engineOf(model.name),
  };
}
