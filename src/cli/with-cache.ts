import { type CachedModel, cacheCompletions } from '../models/cache/cache-completions.js';
import { cacheDirectory } from '../models/cache/cache-directory.js';
import type { LanguageModel } from '../models/language-model.js';
import { isLocalModel } from '../models/prices/is-local-model.js';
import type { Terminal } from './terminal.js';

/**
 * The model behind the cache of all runs, or the model itself. The default is what would be paid for again: endpoints
 * elsewhere. A model of one's own gives the same text for the same seed anyway, and its weights may change under their name.
 */
export async function withCache<Result>(
  model: LanguageModel,
  {
    values,
    terminal,
  }: {
    readonly values: { readonly cache: boolean; readonly 'no-cache': boolean };
    readonly terminal: Terminal;
  },
  work: (model: LanguageModel & Partial<Pick<CachedModel, 'isCached'>>) => Promise<Result>,
): Promise<Result> {
  const isUsed = values.cache || (!values['no-cache'] && !isLocalModel(model.name));
  if (!isUsed) return work(model);
  const directory = cacheDirectory();
  // The model is closed by who opened it.
  const lent = { ...model, close: async () => undefined };
  const cached = await cacheCompletions(lent, { directory, onTrouble: terminal.note });
  try {
    return await work(cached);
  } finally {
    await cached.close();
    const count = cached.cachedCount();
    if (count > 0) terminal.note(`${count} completions are from the cache in ${directory}, not asked for again`);
  }
}
