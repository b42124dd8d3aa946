import type { JsonObject } from '../../storage/read-jsonl.js';
import { rowTexts } from './row-texts.js';
import { readTag, tagFields } from './tag-values.js';

export type ShareGptTurn = { readonly from: 'human' | 'gpt'; readonly value: string };

/** A row of Magpie's ShareGPT files; tags and further fields as they were. */
export type ShareGptRow = JsonObject & {
  readonly conversation_id: string;
  readonly instruction: string;
  readonly response: string;
  readonly conversations: readonly ShareGptTurn[];
};

/**
 * A row of an `…_ins_res.json` as a conversation, with the original's field names; `instruction_2`, `response_2` and so on become further
 * turns. Says why where it cannot be one. Tags outside of the original's lists become null, and `onBadTag` hears of them.
 */
export function toShareGpt(
  row: JsonObject,
  {
    conversationId,
    onBadTag = () => undefined,
  }: { conversationId: string; onBadTag?: (field: string, value: unknown) => void },
): ShareGptRow | 'no response' | 'no instruction' {
  const texts = rowTexts(row);
  if (texts === undefined || texts.instruction.trim() === '') return 'no instruction';
  const { instruction, response } = texts;
  if (response === undefined || response.trim() === '') return 'no response';
  const { id: _, pre_query_template: template, gen_input_configs: configs, ...rest } = row;
  const tags = tagFields
    .filter((field) => field in row)
    .map((field) => {
      const value = readTag(field, row[field]);
      if (value === null && row[field] !== null) onBadTag(field, row[field]);
      return [field, value] as const;
    });
  return {
    conversation_id: conversationId,
    instruction,
    response,
    conversations: [...toTurns(instruction, response), ...laterTurns(row)],
    gen_input_configs:
      typeof configs === 'object' && configs !== null && typeof template === 'string'
        ? { ...configs, pre_query_template: template }
        : (configs ?? null),
    ...without(rest, ['conversation_id', 'instruction', 'response', 'conversations']),
    ...Object.fromEntries(tags),
  };
}

const toTurns = (human: string, gpt: string): ShareGptTurn[] => [
  { from: 'human', value: human },
  { from: 'gpt', value: gpt },
];

function laterTurns(row: JsonObject): ShareGptTurn[] {
  const turns: ShareGptTurn[] = [];
  for (let turn = 2; ; turn++) {
    const [human, gpt] = [row[`instruction_${turn}`], row[`response_${turn}`]];
    // A conversation ends with an answer.
    if (typeof human !== 'string' || typeof gpt !== 'string' || gpt.trim() === '') return turns;
    turns.push(...toTurns(human, gpt));
  }
}

function without(row: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
}
