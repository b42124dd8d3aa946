import { splitThinking } from '../answers/extract/split-thinking.js';
import type { Completion, LanguageModel, Prompt } from '../models/language-model.js';

/**
 * A completion with its thought taken out of the text, so that no stage reads a thought as what was said: no answer is graded, no
 * question asked and no JSON read that stands in one. Raw prompts are left alone: they open a turn of the user's, or are a template of
 * their own. What an endpoint has split already stays as it is.
 */
export function separateThinking(
  completion: Completion,
  { model, prompt }: { readonly model: Pick<LanguageModel, 'thinking'>; readonly prompt: Prompt | undefined },
): Completion {
  if (completion.finishReason === 'error' || prompt === undefined || 'raw' in prompt) return completion;
  const isSplit = completion.thinking !== undefined;
  // A text that stopped by itself and holds no mark was said; one that was cut may be all thought
  const isPerhaps = model.thinking?.isPerhapsOpened === true && completion.finishReason === 'length';
  const isOpened = !isSplit && (model.thinking?.isOpened === true || isPerhaps);
  const { thinking, response, isOpen } = splitThinking(completion.text, { isOpened });
  // An endpoint that keeps thoughts apart and was cut in one gives no text
  const isCut = isSplit && response === '' && completion.finishReason === 'length';
  if (!isOpen && !isCut && thinking === undefined && !isSplit) return completion;
  const thought = completion.thinking ?? thinking ?? '';
  const share = thought.length / Math.max(1, thought.length + response.length);
  return {
    ...completion,
    text: isSplit && !isOpen && thinking === undefined ? completion.text : response,
    ...(thought === '' ? {} : { thinking: thought }),
    ...(isSplit ? {} : { isThinkingInText: true as const }),
    // By characters, where nobody counts
    thinkingTokens: completion.thinkingTokens ?? Math.round(share * completion.completionTokens),
    ...(isOpen || isCut ? { isThinkingOpen: true as const } : {}),
  };
}
