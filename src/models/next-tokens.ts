import { ModelError } from '../errors.js';
import type { LanguageModel, Prompt } from './language-model.js';

export type NextToken = { readonly token: string; readonly probability: number };

/**
 * The likeliest tokens behind a prompt with their probabilities at temperature 1, best first. Throws `ModelError` for a model
 * that tells none, and for a prompt that it cannot read.
 */
export async function nextTokens(
  model: LanguageModel,
  prompt: Prompt,
  { count = 10 }: { readonly count?: number } = {},
): Promise<readonly NextToken[]> {
  const most = model.capabilities.topLogProbabilities;
  if (most < 1) {
    throw new ModelError(
      `Cannot look at the next token of ${model.name}: its engine tells no probabilities, use pocket, gguf:FILE, vllm:OWNER/NAME or a server`,
    );
  }
  const sampling = { temperature: 0, maxTokens: 1, topLogProbabilities: Math.min(count, most) };
  for await (const completion of model.generate([{ id: 'next-token', prompt, sampling }])) {
    if (completion.finishReason === 'error') {
      throw new ModelError(`Cannot look at the next token of ${model.name}: ${completion.error}`);
    }
    return (completion.firstToken ?? []).map(({ token, logProbability }) => ({
      token,
      probability: Math.exp(logProbability),
    }));
  }
  return [];
}
