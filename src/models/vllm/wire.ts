import { drawnSamples } from '../asked-samples.js';
import type { Completion, GenerationRequest, Prompt } from '../language-model.js';

/** A line of the requests of generate.py (python-gpu/contract/request.schema.json). */
export function toWireRequest(request: GenerationRequest, id: string): object {
  const { prompt, sampling } = request;
  const {
    temperature,
    firstTemperature,
    topP,
    minP,
    repetitionPenalty,
    maxTokens,
    stop = [],
    seed,
    topLogProbabilities,
    forbiddenTokens = [],
  } = sampling;
  return {
    id,
    ...wirePrompt(prompt),
    samples: drawnSamples(request),
    sampling: {
      temperature,
      maxTokens,
      ...(firstTemperature === undefined ? {} : { firstTemperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(minP === undefined ? {} : { minP }),
      ...(repetitionPenalty === undefined ? {} : { repetitionPenalty }),
      stop: stop.filter((text) => text !== ''),
      // Any whole number is a seed here, 32 bits are one there.
      ...(seed === undefined ? {} : { seed: Math.trunc(seed) >>> 0 }),
      ...(topLogProbabilities === undefined ? {} : { topLogProbabilities: Math.min(20, topLogProbabilities) }),
      ...(forbiddenTokens.length === 0 ? {} : { forbiddenTokenIds: forbiddenTokens }),
    },
  };
}

function wirePrompt(prompt: Prompt): object {
  if ('messages' in prompt) return { messages: prompt.messages };
  return prompt.tokens === undefined ? { prompt: prompt.raw } : { promptTokenIds: prompt.tokens };
}

/** A completion of python-gpu/contract/completion.schema.json. */
export type WireCompletion = Completion & { readonly cumulativeLogProbability: number | null };

/** The completion under the id that the caller gave its request. */
export function fromWireCompletion(
  { cumulativeLogProbability, error, ...completion }: WireCompletion,
  requestId: string,
): Completion {
  const likelihood = typeof cumulativeLogProbability === 'number' ? { logProbability: cumulativeLogProbability } : {};
  return { ...completion, requestId, ...likelihood, ...(error === undefined ? {} : { error: describe(error) }) };
}

/** One line with a capital first and no final period, as all our reasons are; the engine's own are not. */
function describe(error: string): string {
  const line = error.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.charAt(0).toUpperCase() + line.slice(1);
}
