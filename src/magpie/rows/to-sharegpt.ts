import { dropThinking, type ThinkingChoice, toAssistantText } from '../../prompts/keep-thinking.js';
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
 * turns. `thinking` says whether what a model thought is written in front of its answers; by default it is left out. Says why where it cannot be one. Tags outside of the original's lists become null, and `onBadTag` hears of them.
 */
export function toShareGpt(
  row: JsonObject,
  {
    conversationId,
    onBadTag = () => undefined,
    thinking: choice = dropThinking,
  }: {
    conversationId: string;
    onBadTag?: (field: string, value: unknown) => void;
    thinking?: ThinkingChoice | undefined;
  },
): ShareGptRow | 'no response' | 'no instruction' {
  const texts = rowTexts(row);
  if (texts === undefined || texts.instruction.trim() === '') return 'no instruction';
  const { instruction } = texts;
  if (texts.response === undefined || texts.response.trim() === '') return 'no response';
  const response = saidIn(row, { response: texts.response, field: 'thinking', choice });
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
    conversations: [...toTurns(instruction, response), ...laterTurns(row, choice)],
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

/** An answer with what was thought before it, or without. */
function saidIn(
  row: JsonObject,
  { response, field, choice }: { response: string; field: string; choice: ThinkingChoice },
): string {
  const thinking = row[field];
  return toAssistantText({ response, thinking: typeof thinking === 'string' ? thinking : undefined }, choice);
}

function laterTurns(row: JsonObject, choice: ThinkingChoice): ShareGptTurn[] {
  const turns: ShareGptTurn[] = [];
  for (let turn = 2; ; turn++) {
    const [human, gpt] = [row[`instruction_${turn}`], row[`response_${turn}`]];
    // A conversation ends with an answer.
    if (typeof human !== 'string' || typeof gpt !== 'string' || gpt.trim() === '') return turns;
    turns.push(...toTurns(human, saidIn(row, { response: gpt, field: `thinking_${turn}`, choice })));
  }
}

function without(row: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
}
