import type { Completion, GenerationRequest, LanguageModel, Sampling } from '../language-model.js';

/** A question in chat, seeded, of sixteen tokens. */
export function ask(
  id: string,
  {
    samples,
    question = 'Tom has 3 pens and buys 4 more. How many pens?',
    sampling = {},
  }: {
    readonly samples?: number;
    readonly question?: string;
    readonly sampling?: Partial<Sampling>;
  } = {},
): GenerationRequest {
  return {
    id,
    prompt: { messages: [{ role: 'user', content: question }] },
    ...(samples === undefined ? {} : { samples }),
    sampling: { temperature: 0.7, maxTokens: 16, seed: 7, ...sampling },
  };
}

/** The ids of a text; none where the model does not tell. */
export async function tokenize(
  model: LanguageModel,
  text: string,
  { isPrompt = true }: { readonly isPrompt?: boolean } = {},
): Promise<readonly number[]> {
  return (await model.tokenize?.(text, { isPrompt })) ?? [];
}

export async function collect(
  model: LanguageModel,
  requests: readonly GenerationRequest[],
  signal?: AbortSignal,
): Promise<Completion[]> {
  const completions: Completion[] = [];
  for await (const completion of model.generate(requests, signal ? { signal } : {})) completions.push(completion);
  return completions;
}

/** Texts by request and sample. */
export const texts = (completions: readonly Completion[]): Record<string, string> =>
  Object.fromEntries(completions.map(({ requestId, sample, text }) => [`${requestId}/${sample}`, text]));
