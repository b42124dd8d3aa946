import type { GenerationRequest } from '../language-model.js';
import { hashJson } from '../replay/request-hash.js';

/**
 * What makes two completions the same: model, prompt, sampling with its seed, and the number of the sample. How many
 * samples are asked for does not count, nor does the seed of a greedy one. 32 hex digits.
 */
export function completionKey(
  { prompt, sampling }: Pick<GenerationRequest, 'prompt' | 'sampling'>,
  { model, sample }: { readonly model: string; readonly sample: number },
): string {
  const drawn = sampling.temperature === 0 ? { ...sampling, seed: undefined } : sampling;
  return hashJson({ model, prompt, sampling: drawn, sample });
}
