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
}: {
  model: LanguageModel;
  promptSet: PromptSet;
  temperature: number | readonly number[];
  topP: number;
  maxTokens: number;
}): ResponseConfigs {
  return {
    prompt: `${promptSet.name}@${promptSet.version}`,
    temperature,
    top_p: topP,
    repetition_penalty: 1,
    max_tokens: maxTokens,
    stop_tokens: [],
    output_generator: model.name,
    engine: engineOf(model.name),
  };
}
