import type { LanguageModel } from '../language-model.js';
import { isLocalModel } from '../prices/is-local-model.js';
import { type CachedModel, cacheCompletions } from './cache-completions.js';
import { cacheDirectory } from './cache-directory.js';

/** `default`: what would be paid for again, which is endpoints elsewhere. */
export type CacheUse = 'default' | 'always' | 'never';

/**
 * The model behind the cache of all runs, or the model itself. A model of one's own gives the same text for the same seed
 * anyway, and its weights may change under their name.
 */
export async function withCache<Result>(
  model: LanguageModel,
  { use, onNote }: { readonly use: CacheUse; readonly onNote: (line: string) => void },
  work: (model: LanguageModel & Partial<Pick<CachedModel, 'isCached'>>) => Promise<Result>,
): Promise<Result> {
  const isUsed = use === 'always' || (use === 'default' && !isLocalModel(model.name));
  if (!isUsed) return work(model);
  const directory = cacheDirectory();
  // The model is closed by who opened it.
  const lent = { ...model, close: async () => undefined };
  const cached = await cacheCompletions(lent, { directory, onTrouble: onNote });
  try {
    return await work(cached);
  } finally {
    await cached.close();
    const count = cached.cachedCount();
    if (count > 0) onNote(`${count} completions are from the cache in ${directory}, not asked for again`);
  }
}
