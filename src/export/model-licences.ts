import { findModelConfig } from '../prompts/model-configs.js';

export type ModelLicence = { readonly model: string; readonly licence: string; readonly source: string };

/** The licence of each model as configs/model_configs.json has it; `not recorded` where it has none. */
export function findLicences(models: Iterable<string>): readonly ModelLicence[] {
  return [...models].map((model) => {
    const licence = findModelConfig(model)?.licence;
    return { model, licence: licence?.name ?? 'not recorded', source: licence?.source ?? '' };
  });
}
