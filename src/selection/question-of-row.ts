import type { JsonObject } from '../storage/read-jsonl.js';

/**
 * Fields that hold a question, whoever wrote the row: GSM8K and ours, MetaMathQA, MATH, Magpie and MetaMath's evaluation files, others. A `problem` beside a
 * `question` or a `query` is its id (rows of `augment`, `assemble` and `evaluate`).
 */
export const questionFields = ['question', 'query', 'problem', 'instruction', 'prompt'] as const;

/** The question of a row of any published form, with the `input` of an `instruction`; undefined where no field holds one. */
export function questionOfRow(row: JsonObject): string | undefined {
  const field = questionFields.find((name) => typeof row[name] === 'string' && row[name].trim() !== '');
  if (field === undefined) return undefined;
  const more = field === 'instruction' && typeof row.input === 'string' && row.input !== '' ? `\n${row.input}` : '';
  return `${row[field]}${more}`;
}
