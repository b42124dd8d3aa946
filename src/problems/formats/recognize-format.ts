import { named } from '../../name-setting.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import type { FormatName } from './dataset-format.js';
import { afterHashes, afterPhrase, lastBoxed } from './read-fields.js';

const questionFields = ['question', 'problem', 'query', 'instruction'] as const;

/**
 * The format of a row by its fields, or why it is not plain, ready to follow `file:line: `. Nothing is guessed: a row that
 * fits two formats is refused.
 */
export function recognizeFormat(row: JsonObject): FormatName | { readonly reason: string } {
  const present = questionFields.filter(
    (field) => row[field] !== undefined && row[field] !== null && !(field === 'problem' && isGrown(row)),
  );
  const [field, second] = present;
  if (field === undefined) return { reason: 'lacks the field "question"' };
  if (second !== undefined)
    return { reason: `has both "${field}" and "${second}"; say which format it is with ${named('dataset')}` };
  switch (field) {
    case 'question':
      return isText(row.answer) && afterHashes(row.answer) !== undefined ? 'gsm8k' : 'mathpie';
    case 'problem':
      return isText(row.answer) && (isText(row.subject) || isText(row.unique_id)) ? 'math500' : 'math';
    case 'query':
      return recognizeQuery(row);
    case 'instruction':
      return recognizeInstruction(row);
  }
}

/** A row of MetaMathQA's fields whose `problem` is the id of what it grew from, as `augment` and `assemble` write them. */
const isGrown = ({ query, response, original_question: original }: JsonObject): boolean =>
  [query, response, original].every(isText);

function recognizeQuery({
  response,
  type,
  original_question: original,
}: JsonObject): ReturnType<typeof recognizeFormat> {
  if (isText(type) || isText(original)) return 'metamathqa';
  const isStated = isText(response) && afterPhrase(response) !== undefined;
  if (isStated) return 'metamathqa';
  if (isText(response) && afterHashes(response) !== undefined) return 'metamath-gsm8k';
  return {
    reason: `has "query" and "response", but neither "#### N" nor "The answer is:"; name ${named('dataset')} metamathqa to read it without an answer`,
  };
}

function recognizeInstruction({ output, input, idx, type }: JsonObject): ReturnType<typeof recognizeFormat> {
  if (!isText(output) || afterPhrase(output) !== undefined) return 'alpaca';
  // MetaMath's evaluation rows carry an index and a type, or no input at all; Alpaca's always have an input
  const isEvaluation =
    lastBoxed(output) !== undefined && !isText(input) && (idx !== undefined || isText(type) || input === undefined);
  return isEvaluation ? 'metamath-math' : 'alpaca';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
