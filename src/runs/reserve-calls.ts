import type { StartingCall } from '../models/language-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { countPromptTokens } from './count-prompt-tokens.js';
import { priceTokens, type Spending } from './spending.js';

/** What the calls under way may still cost. */
export type Reservations = {
  /** At most: every sample runs into its token limit. With `isExpected`, as long as those that came so far. */
  estimate(call: StartingCall, options?: { readonly isExpected?: boolean }): Spending;
  /** A call with its prompt as counted by us, and what it was in truth. */
  learn(call: StartingCall, seen: { readonly promptTokens: number; readonly completionTokens: number }): void;
};

/** A prompt in tokens as a tokenizer unknown to us may count it, before one was seen. */
const firstPromptFactor = 1.5;

export function reserveCalls(price: TokenPrice | undefined): Reservations {
  let promptFactor = 0;
  let seen = { samples: 0, completionTokens: 0 };
  const price1 = (promptTokens: number, completionTokens: number, samples: number): Spending => ({
    completions: samples,
    promptTokens,
    completionTokens,
    usd: priceTokens({ promptTokens, completionTokens }, price),
    minutes: 0,
  });
  return {
    estimate: ({ request, samples }, { isExpected = false } = {}) => {
      const { maxTokens } = request.sampling;
      const mean = seen.samples === 0 ? maxTokens : seen.completionTokens / seen.samples;
      const prompt = Math.ceil(countPromptTokens(request.prompt) * (promptFactor || firstPromptFactor));
      return price1(prompt, Math.ceil(samples * Math.min(maxTokens, isExpected ? mean : maxTokens)), samples);
    },
    learn: ({ request, samples }, { promptTokens, completionTokens }) => {
      seen = { samples: seen.samples + samples, completionTokens: seen.completionTokens + completionTokens };
      promptFactor = Math.max(promptFactor, promptTokens / Math.max(1, countPromptTokens(request.prompt)));
    },
  };
}
