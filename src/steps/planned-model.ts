import { ModelError } from '../errors.js';
import type { LanguageModel } from '../models/language-model.js';
import { isDoorName, isEndpointName } from '../models/openai/parse-endpoint.js';
import { findModelConfig } from '../prompts/model-configs.js';

export type PlannedModel = LanguageModel & { readonly isPlanned: true };

/** A model that is not opened: what it would be asked can be planned, and nothing can be asked. */
export function plannedModel(name: string): PlannedModel {
  // The text in front of a user turn is that of configs/, where there is one; else the tokens of a template are left out
  const preQuery = findModelConfig(name) === undefined ? { preQuery: (system = '') => system } : {};
  return {
    name,
    isPlanned: true,
    capabilities: {
      chat: true,
      raw: !isDoorName(name),
      topLogProbabilities: 20,
      seed: true,
      firstTemperature: !isEndpointName(name),
    },
    ...preQuery,
    // biome-ignore lint/correctness/useYield: it only ever throws
    async *generate() {
      throw new ModelError(`Cannot ask ${name}: it was not opened, for a plan alone`);
    },
    close: async () => undefined,
  };
}
