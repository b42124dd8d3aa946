import { questionOfRow } from '../../selection/question-of-row.js';
import type { JsonObject } from '../../storage/read-jsonl.js';

export type RowTexts = { readonly instruction: string; readonly response: string | undefined };

/**
 * The problem of a row and its solution: Magpie's own fields, a ShareGPT conversation, messages, or a plain set (GSM8K, MATH, MetaMathQA, MetaMath's evaluation
 * files, graded rows, ours); undefined where there is no problem.
 */
export function rowTexts(row: JsonObject): RowTexts | undefined {
  if (typeof row.instruction === 'string' && row.input === undefined) {
    return { instruction: row.instruction, response: solutionOf(row) };
  }
  const said = saidIn(row.conversations, { who: 'from', what: 'value', user: 'human', assistant: 'gpt' });
  if (said !== undefined) return said;
  const messages = saidIn(row.messages, { who: 'role', what: 'content', user: 'user', assistant: 'assistant' });
  if (messages !== undefined) return messages;
  const instruction = questionOfRow(row);
  return instruction === undefined ? undefined : { instruction, response: solutionOf(row) };
}

/** Fields that tell of a row without a text that it is of some form, for who is refused. */
export const rowForms =
  'instruction, conversations, messages, question (GSM8K), problem (MATH), query (MetaMathQA) or prompt';

/** GSM8K's `answer` is a solution that ends in `#### N`; elsewhere it is the answer alone. */
function solutionOf({ response, solution, output, answer }: JsonObject): string | undefined {
  const worked = typeof answer === 'string' && /^#### /m.test(answer) ? answer : undefined;
  return [response, solution, output, worked].find((text): text is string => typeof text === 'string');
}

/** The first turn of each in a conversation. */
function saidIn(
  turns: unknown,
  names: { readonly who: string; readonly what: string; readonly user: string; readonly assistant: string },
): RowTexts | undefined {
  if (!Array.isArray(turns)) return undefined;
  const said = (speaker: string): string | undefined => {
    const value = (turns as readonly (JsonObject | null)[]).find((turn) => turn?.[names.who] === speaker)?.[names.what];
    return typeof value === 'string' ? value : undefined;
  };
  const question = said(names.user);
  return question === undefined ? undefined : { instruction: question, response: said(names.assistant) };
}

/** What a row is called: by its conversation, else its uuid, else its number; undefined where it has no name. */
export function rowName(row: JsonObject): string | number | undefined {
  const name = row.conversation_id ?? row.uuid ?? row.id ?? row.unique_id ?? row.idx;
  return typeof name === 'string' || typeof name === 'number' ? name : undefined;
}
