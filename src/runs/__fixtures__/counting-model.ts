import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../errors.js';
import { drawnSamples } from '../../models/asked-samples.js';
import type { Completion, GenerationRequest, LanguageModel } from '../../models/language-model.js';

/**
 * A deterministic model: its text is made of the prompt, the seed and the sample index, so that the same seed gives the
 * same text whatever the batch. Completions leave in another order than they were asked for.
 */
export function countingModel({
  delayMs = 0,
  fail = () => undefined,
}: {
  delayMs?: number;
  fail?: (request: GenerationRequest, sample: number) => string | undefined;
} = {}): LanguageModel & { readonly asked: { id: string; samples: number }[] } {
  const asked: { id: string; samples: number }[] = [];
  return {
    name: 'counting',
    asked,
    capabilities: { chat: true, raw: true, topLogProbabilities: 0, seed: true },
    async *generate(requests, { signal } = {}) {
      asked.push(...requests.map((request) => ({ id: request.id, samples: drawnSamples(request) })));
      const jobs = requests.flatMap((request) =>
        Array.from({ length: drawnSamples(request) }, (_, sample) => ({ request, sample })),
      );
      for (const { request, sample } of jobs.reverse()) {
        if (delayMs > 0) await sleep(delayMs);
        if (signal?.aborted) throw new CancelledError('Generation was stopped');
        yield complete(request, sample, fail(request, sample));
      }
    },
    close: async () => undefined,
  };
}

function complete(request: GenerationRequest, sample: number, error: string | undefined): Completion {
  const usage = { promptTokens: 5, completionTokens: error === undefined ? 7 : 0 };
  const identity = { requestId: request.id, sample };
  if (error !== undefined) return { ...identity, ...usage, text: '', finishReason: 'error', error };
  return { ...identity, ...usage, text: `${request.sampling.seed}/${sample}`, finishReason: 'stop' };
}
