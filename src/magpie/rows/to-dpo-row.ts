import { dropThinking, type ThinkingChoice, toAssistantTurn } from '../../prompts/keep-thinking.js';
import type { JsonObject } from '../../storage/read-jsonl.js';

/** A preference row as the original's process_po notebook writes it: both sides whole conversations, the problem in each. */
export type DpoRow = {
  readonly prompt: string;
  readonly chosen: readonly Turn[];
  readonly rejected: readonly Turn[];
  readonly score_chosen: number | null;
  readonly score_rejected: number | null;
};

type Turn = { readonly role: 'user' | 'assistant'; readonly content: string };

/** A pair of `rank` as such a row, or why it is none: a score that nobody gave stays null. */
export function toDpoRow(
  row: JsonObject,
  { thinking: choice = dropThinking }: { readonly thinking?: ThinkingChoice | undefined } = {},
): DpoRow | 'no pair' | 'same texts' {
  const { instruction, preferred_response: chosen, rejected_response: rejected } = row;
  if (typeof instruction !== 'string' || !isText(chosen) || !isText(rejected)) return 'no pair';
  if (chosen.trim() === rejected.trim()) return 'same texts';
  const turns = (response: string, thinking: unknown): Turn[] => [
    { role: 'user', content: instruction },
    toAssistantTurn({ response, thinking: typeof thinking === 'string' ? thinking : undefined }, choice),
  ];
  return {
    prompt: instruction,
    chosen: turns(chosen, row.preferred_thinking),
    rejected: turns(rejected, row.rejected_thinking),
    score_chosen: typeof row.preferred_quality === 'number' ? row.preferred_quality : null,
    score_rejected: typeof row.rejected_quality === 'number' ? row.rejected_quality : null,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
