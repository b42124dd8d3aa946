import type { LanguageModel } from '../models/language-model.js';

/** Opens a model by its string and closes it however the work ends. */
export async function withModel<Result>(
  name: string,
  work: (model: LanguageModel) => Promise<Result>,
): Promise<Result> {
  // Only here, so that commands without a model start at once.
  const { openModel } = await import('../models/open-model.js');
  const model = await openModel(name);
  try {
    return await work(model);
  } finally {
    await model.close();
  }
}
