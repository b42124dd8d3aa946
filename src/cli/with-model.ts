import type { LanguageModel } from '../models/language-model.js';
import type { OpenModelOptions } from '../models/open-model.js';

/** Opens a model by its string and closes it however the work ends. */
export async function withModel<Result>(
  name: string,
  work: (model: LanguageModel) => Promise<Result>,
  options: OpenModelOptions = {},
): Promise<Result> {
  // Only here, so that commands without a model start at once.
  const { openModel } = await import('../models/open-model.js');
  const model = await openModel(name, options);
  try {
    return await work(model);
  } finally {
    await model.close();
  }
}
