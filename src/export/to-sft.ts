import { extractAnswer } from '../answers/extract/extract-answer.js';
import { InputError } from '../errors.js';
import { originOf } from '../metamath/assemble/check-row.js';
import { withFinalLine } from '../metamath/assemble/final-line.js';
import {
  type AssistantTurn,
  dropThinking,
  type ThinkingChoice,
  toAssistantText,
  toAssistantTurn,
} from '../prompts/keep-thinking.js';

/** A row with a question and a right answer to it, under the names of either way of growing data. */
export type SftSource = {
  readonly id?: string | number;
  readonly query?: string | null;
  readonly instruction?: string | null;
  readonly question?: string | null;
  readonly response?: string | null;
  /** What the model thought before it. */
  readonly thinking?: string | null;
  readonly type?: string;
  readonly original_question?: string;
  /** The answer that was taken from the response. */
  readonly extracted?: string | null;
  readonly problem?: string;
  readonly subject?: string | null;
  readonly level?: number | null;
};

export type SftMessages = {
  readonly messages: readonly [{ readonly role: 'user'; readonly content: string }, AssistantTurn];
};

export type SftMetaMath = {
  readonly query: string;
  readonly response: string;
  readonly type: string;
  readonly original_question: string;
  /** Of the problem that it grew from, where the row names them. */
  readonly problem?: string;
  readonly subject?: string;
  readonly level?: number;
};

export type SftShape = 'messages' | 'metamathqa';

/**
 * One row for supervised fine-tuning: `messages` (one user turn, one assistant turn), or MetaMathQA's four fields, whose responses end in
 * `The answer is: N`, which is what MetaMath's graders read.
 * `thinking` says whether what the model thought is written in front; by default it is left out.
 * Throws `InputError` when the row has no question or no response: an empty target teaches silence.
 */
export function toSft(row: SftSource, options: { shape: 'messages'; thinking?: ThinkingChoice }): SftMessages;
export function toSft(row: SftSource, options: { shape: 'metamathqa'; thinking?: ThinkingChoice }): SftMetaMath;
export function toSft(
  row: SftSource,
  options: { shape: SftShape; thinking?: ThinkingChoice },
): SftMessages | SftMetaMath;
export function toSft(
  row: SftSource,
  { shape, thinking = dropThinking }: { shape: SftShape; thinking?: ThinkingChoice },
): SftMessages | SftMetaMath {
  const query = row.query ?? row.instruction ?? row.question ?? '';
  const { response } = row;
  if (query.trim() === '' || response === undefined || response === null || response.trim() === '') {
    const lacking = query.trim() === '' ? 'question' : 'response';
    throw new InputError(
      `Cannot export row ${JSON.stringify(row.id ?? null)}: it has no ${lacking}; filter the rows first`,
    );
  }
  if (shape === 'metamathqa') {
    const type = row.type ?? 'Magpie';
    const said = { thinking: row.thinking, response: inMetaMathForm(response, row) };
    return {
      query,
      response: toAssistantText(said, thinking),
      type,
      original_question: row.original_question ?? query,
      ...originOf(row),
    };
  }
  return {
    messages: [{ role: 'user', content: query }, toAssistantTurn({ thinking: row.thinking, response }, thinking)],
  };
}

/** A response without an answer, or with nothing but one, stays as it is. */
function inMetaMathForm(response: string, { extracted }: SftSource): string {
  const lastLine = response.trimEnd().split('\n').at(-1) ?? '';
  if (/^The answer is: \S/.test(lastLine)) return response;
  const answer = extracted === undefined ? statedAnswer(response) : extracted;
  if (answer === undefined || answer === null) return response;
  return withFinalLine(response, { answer, ending: 'answer' }) ?? response;
}

function statedAnswer(response: string): string | undefined {
  const found = extractAnswer(response);
  return found?.rule === 'short-text' ? undefined : found?.answer;
}
