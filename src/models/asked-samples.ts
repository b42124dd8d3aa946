import type { GenerationRequest } from './language-model.js';

/** The numbers of the samples that are wanted of a request, ascending. */
export function askedSamples({ samples = 1, firstSample = 0, lacking }: GenerationRequest): readonly number[] {
  if (lacking !== undefined) return lacking;
  return Array.from({ length: Math.max(0, samples - firstSample) }, (_, index) => firstSample + index);
}

/** How many samples an engine draws that always begins with the first: up to the last one that is wanted. */
export function drawnSamples(request: GenerationRequest): number {
  return (askedSamples(request).at(-1) ?? -1) + 1;
}
