import type { Completion, Prompt } from '../models/language-model.js';
import { countPromptTokens } from './count-prompt-tokens.js';

/** The completion with numbers of tokens that can be added up: where the endpoint gave none, or none that can be, they are estimated. */
export function knownUsage(
  completion: Completion,
  prompt: Prompt | undefined,
): Completion & { readonly isEstimated: boolean } {
  const { promptTokens, completionTokens, text, thinking = '', finishReason } = completion;
  const written = `${thinking}${text}`;
  const isKnown = (tokens: number, mustBeSome: boolean): boolean =>
    Number.isFinite(tokens) && tokens >= 0 && !(mustBeSome && tokens === 0);
  // A call that failed has used none
  const isAnswer = finishReason !== 'error';
  const prompted = isKnown(promptTokens, isAnswer && completion.sharesPrompt === undefined);
  const completed = isKnown(completionTokens, isAnswer && written !== '');
  if (prompted && completed) return { ...completion, isEstimated: false };
  const usedPrompt = prompt === undefined || !isAnswer ? 0 : countPromptTokens(prompt);
  return {
    ...completion,
    promptTokens: prompted ? promptTokens : usedPrompt,
    completionTokens: completed ? completionTokens : countPromptTokens({ raw: written }),
    isEstimated: true,
  };
}
