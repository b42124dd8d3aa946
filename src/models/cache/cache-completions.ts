import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { askedSamples } from '../asked-samples.js';
import type { Completion, GenerateOptions, GenerationRequest, LanguageModel } from '../language-model.js';
import { completionKey, completionKeys } from './completion-key.js';
import { type CompletionStore, openCompletionStore } from './completion-store.js';

export type CachedModel = LanguageModel & {
  /** Whether a sample is there already, so that it costs nothing. */
  isCached(request: GenerationRequest, sample: number): boolean;
  /** Completions that came from the cache so far. */
  cachedCount(): number;
};

/**
 * Wraps a model so that nothing is asked twice, whatever the run: what it answers is kept in `directory`, and asked for
 * again it comes from there. Failures are not kept. A cache that can no longer be written is told to `onTrouble` once, and
 * the model goes on without. `close` closes both.
 */
export async function cacheCompletions(
  model: LanguageModel,
  {
    directory,
    onTrouble = () => undefined,
  }: { readonly directory: string; readonly onTrouble?: (line: string) => void },
): Promise<CachedModel> {
  const store = await openCompletionStore(join(directory, 'completions', shardName(model.name)));
  const of = (sample: number) => ({ model: model.name, sample });
  const keyThere = (request: GenerationRequest, sample: number): string | undefined =>
    completionKeys(request, of(sample)).find((key) => store.has(key));
  let cachedCount = 0;
  const put = keep(store, onTrouble);

  async function* generate(
    requests: readonly GenerationRequest[],
    options?: GenerateOptions,
  ): AsyncGenerator<Completion, void, undefined> {
    const asked: GenerationRequest[] = [];
    const byId = new Map<string, { readonly request: GenerationRequest; readonly missing: Set<number> }>();
    for (const request of requests) {
      const { id } = request;
      const missing = new Set<number>();
      for (const sample of askedSamples(request)) {
        const key = keyThere(request, sample);
        const stored = key === undefined ? undefined : await store.get(key);
        if (stored === undefined) missing.add(sample);
        else {
          cachedCount++;
          yield { ...stored, requestId: id, sample };
        }
      }
      if (missing.size === 0) continue;
      byId.set(id, { request, missing });
      const isContinued = request.lacking !== undefined;
      // What was asked for in another run needs no call of the same size
      // Samples are counted upwards
      const lacking = [...missing];
      const others = { firstSample: lacking[0] ?? 0, samples: (lacking.at(-1) ?? 0) + 1 };
      asked.push({ ...request, ...(isContinued ? { lacking } : others) });
    }
    if (asked.length === 0) return;
    for await (const completion of model.generate(asked, options)) {
      const { requestId, sample, ...kept } = completion;
      const wanted = byId.get(requestId);
      // An engine that cannot start in the middle gives the earlier samples too.
      if (wanted === undefined || !wanted.missing.delete(sample)) continue;
      const key = completionKey(wanted.request, { ...of(sample), ranOn: completion.ranOn });
      if (completion.finishReason !== 'error') await put(key, kept);
      yield completion;
    }
  }

  let closing: Promise<void> | undefined;
  return {
    ...model,
    generate,
    isCached: (request, sample) => keyThere(request, sample) !== undefined,
    cachedCount: () => cachedCount,
    close: () => {
      closing ??= store
        .close()
        .catch(() => undefined)
        .then(() => model.close());
      return closing;
    },
  };
}

function keep(store: CompletionStore, onTrouble: (line: string) => void): CompletionStore['put'] {
  let isBroken = false;
  return async (key, completion) => {
    if (isBroken) return;
    try {
      await store.put(key, completion);
    } catch (error) {
      isBroken = true;
      onTrouble(`The cache is not used any more: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

/** A folder name that any file system takes, and that still shows which model it is of. */
function shardName(model: string): string {
  const label = model
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return `${label}-${createHash('sha256').update(model).digest('hex').slice(0, 8)}`;
}
