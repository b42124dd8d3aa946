import { ownModels } from '../models/own-models.js';
import { findModelConfig } from '../prompts/model-configs.js';

export type ModelLicence = {
  readonly model: string;
  /** The hub's name; undefined where it is not recorded. */
  readonly licence: string | undefined;
  readonly source: string;
};

/** Of what this project made itself: its models and its grammar. */
export const ownLicence = { licence: 'mit', source: 'LICENSE of this project' } as const;

/** The licence of each model as configs/model_configs.json has it. */
export function findLicences(models: Iterable<string>): readonly ModelLicence[] {
  return [...models].map((model) => {
    const licence = findModelConfig(model)?.licence;
    if (licence) return { model, licence: licence.name, source: licence.source };
    return { model, ...(ownModels.includes(model) ? ownLicence : { licence: undefined, source: '' }) };
  });
}
