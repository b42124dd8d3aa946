import { InputError } from '../errors.js';

export type PreferenceSource = {
  readonly id?: string | number;
  readonly instruction: string;
  readonly preferred_response: string;
  readonly rejected_response: string;
  readonly preferred_quality?: number;
  readonly rejected_quality?: number;
};

type Turn<Role extends string> = readonly [{ readonly role: Role; readonly content: string }];

/** The conversational preference shape that TRL's DPOTrainer and others read. */
export type Preference = {
  readonly prompt: Turn<'user'>;
  readonly chosen: Turn<'assistant'>;
  readonly rejected: Turn<'assistant'>;
  readonly score_chosen: number | null;
  readonly score_rejected: number | null;
};

/** One row for preference tuning. Throws `InputError` when a side is empty or both sides are the same. */
export function toPreference(row: PreferenceSource): Preference {
  const { instruction, preferred_response: chosen, rejected_response: rejected } = row;
  const isComplete = [instruction, chosen, rejected].every((text) => typeof text === 'string' && text.trim() !== '');
  if (!isComplete || chosen === rejected) {
    const state = isComplete ? 'chosen and rejected are the same text' : 'a text is missing';
    throw new InputError(`Cannot export pair ${JSON.stringify(row.id ?? null)}: ${state}; run rank again`);
  }
  return {
    prompt: [{ role: 'user', content: instruction }],
    chosen: [{ role: 'assistant', content: chosen }],
    rejected: [{ role: 'assistant', content: rejected }],
    score_chosen: row.preferred_quality ?? null,
    score_rejected: row.rejected_quality ?? null,
  };
}
