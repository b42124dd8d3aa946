import type { GenerationRequest } from '../language-model.js';
import { hashJson } from '../replay/request-hash.js';

/**
 * What makes two completions the same: model, prompt, sampling with its seed, and the number of the sample. How many
 * samples are asked for does not count, nor does the seed of a greedy one. A text that was stopped behind its answer (`ranOn`) is another
 * than the whole one. 32 hex digits.
 */
export function completionKey(
  { prompt, sampling }: Pick<GenerationRequest, 'prompt' | 'sampling'>,
  { model, sample, ranOn }: { readonly model: string; readonly sample: number; readonly ranOn?: true | undefined },
): string {
  const drawn = sampling.temperature === 0 ? { ...sampling, seed: undefined } : sampling;
  return hashJson({ model, prompt, sampling: drawn, sample, ...(ranOn && { ranOn }) });
}

/** The keys under which a sample can be: as a whole, and for who wants no more than its answer, stopped behind that. */
export function completionKeys(
  request: Pick<GenerationRequest, 'prompt' | 'sampling' | 'stopsBehindAnswer'>,
  of: { readonly model: string; readonly sample: number },
): readonly string[] {
  const whole = completionKey(request, of);
  return request.stopsBehindAnswer === true ? [whole, completionKey(request, { ...of, ranOn: true })] : [whole];
}
