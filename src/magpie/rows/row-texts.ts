import type { JsonObject } from '../../storage/read-jsonl.js';

export type RowTexts = { readonly instruction: string; readonly response: string | undefined };

/** The problem of a row and its solution, from Magpie's own fields or from a ShareGPT conversation; undefined where there is no problem. */
export function rowTexts(row: JsonObject): RowTexts | undefined {
  const { instruction, response } = row;
  if (typeof instruction === 'string') {
    return { instruction, response: typeof response === 'string' ? response : undefined };
  }
  if (!Array.isArray(row.conversations)) return undefined;
  const turns = row.conversations as readonly { readonly from?: unknown; readonly value?: unknown }[];
  const said = (from: string): string | undefined => {
    const value = turns.find((turn) => turn?.from === from)?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const question = said('human');
  return question === undefined ? undefined : { instruction: question, response: said('gpt') };
}

/** What a row is called: by its conversation, else its uuid, else its number; undefined where it has no name. */
export function rowName(row: JsonObject): string | number | undefined {
  const name = row.conversation_id ?? row.uuid ?? row.id;
  return typeof name === 'string' || typeof name === 'number' ? name : undefined;
}
