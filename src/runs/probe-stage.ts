import type { Completion, GenerationRequest, LanguageModel } from '../models/language-model.js';

/** What a few requests of a stage that were really answered tell of the rest. */
export type Probe = {
  readonly completions: readonly Completion[];
  /** Mean time from the start to a completion, in milliseconds; all of them started at once. */
  readonly latencyMs: number;
  /** Until the last one, in milliseconds. */
  readonly elapsedMs: number;
};

/** This many requests, spread over the stage. */
const probeCount = 16;

/** Asks the model a few of the requests, one sample each. */
export async function probeStage({
  requests,
  model,
  signal,
  now = () => performance.now(),
}: {
  readonly requests: readonly GenerationRequest[];
  readonly model: LanguageModel;
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => number;
}): Promise<Probe> {
  const count = Math.min(probeCount, requests.length);
  const chosen = Array.from({ length: count }, (_, index) => requests[Math.floor((index * requests.length) / count)]);
  const asked = chosen.flatMap((request) =>
    request ? [{ ...request, firstSample: 0, samples: 1, lacking: [0] }] : [],
  );
  const completions: Completion[] = [];
  const startedAt = now();
  let totalMs = 0;
  for await (const completion of model.generate(asked, signal ? { signal } : {})) {
    completions.push(completion);
    totalMs += now() - startedAt;
  }
  return { completions, latencyMs: totalMs / Math.max(1, completions.length), elapsedMs: now() - startedAt };
}
