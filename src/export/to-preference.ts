import { InputError } from '../errors.js';
import { type AssistantTurn, dropThinking, type ThinkingChoice, toAssistantTurn } from '../prompts/keep-thinking.js';

export type PreferenceSource = {
  readonly id?: string | number;
  readonly instruction: string;
  readonly preferred_response: string;
  readonly rejected_response: string;
  /** What was thought before each. */
  readonly preferred_thinking?: string;
  readonly rejected_thinking?: string;
  readonly preferred_quality?: number;
  readonly rejected_quality?: number;
};

/** The conversational preference shape that TRL's DPOTrainer and others read. */
export type Preference = {
  readonly prompt: readonly [{ readonly role: 'user'; readonly content: string }];
  readonly chosen: readonly [AssistantTurn];
  readonly rejected: readonly [AssistantTurn];
  readonly score_chosen: number | null;
  readonly score_rejected: number | null;
};

/**
 * One row for preference tuning. `thinking` says whether what the model thought is written in front; by default it is left out. Throws
 * `InputError` when a side is empty or both sides are the same.
 */
export function toPreference(
  row: PreferenceSource,
  { thinking = dropThinking }: { thinking?: ThinkingChoice } = {},
): Preference {
  const { instruction, preferred_response: chosen, rejected_response: rejected } = row;
  const isComplete = [instruction, chosen, rejected].every((text) => typeof text === 'string' && text.trim() !== '');
  if (!isComplete || chosen === rejected) {
    const state = isComplete ? 'chosen and rejected are the same text' : 'a text is missing';
    throw new InputError(`Cannot export pair ${JSON.stringify(row.id ?? null)}: ${state}; run rank again`);
  }
  return {
    prompt: [{ role: 'user', content: instruction }],
    chosen: [toAssistantTurn({ thinking: row.preferred_thinking, response: chosen }, thinking)],
    rejected: [toAssistantTurn({ thinking: row.rejected_thinking, response: rejected }, thinking)],
    score_chosen: row.preferred_quality ?? null,
    score_rejected: row.rejected_quality ?? null,
  };
}
