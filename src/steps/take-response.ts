import { endAtAnswer } from '../answers/extract/end-at-answer.js';
import { extractAnswer } from '../answers/extract/extract-answer.js';
import { splitThinking } from '../answers/extract/split-thinking.js';
import type { Completion } from '../models/language-model.js';
import { endAtTurn } from './end-at-turn.js';
import type { StageFields } from './stage-fields.js';

/** The fields of a record that `takeResponse` filled. */
export type TakenResponse = {
  readonly response: string;
  readonly extracted: string | null;
  readonly rule: string | null;
  /** What stood inside of `<think>…</think>`, or what the endpoint gave as thinking. */
  readonly thinking?: string;
  /** Natural-log probability of the whole reply, where the engine gives it. */
  readonly log_probability?: number;
};

/** What a record keeps of a solution: the answer is taken from what is said, never from what is thought. */
export function takeResponse(completion: Pick<Completion, 'text' | 'finishReason'> & Partial<Completion>): StageFields {
  const { text, finishReason, ranOn, logProbability } = completion;
  const { response: said, isOpen, ...split } = splitThinking(text);
  if (isOpen || completion.isThinkingOpen) return { failed: 'open-thinking' };
  const ended = endAtTurn(said) ?? (finishReason === 'length' || ranOn ? endAtAnswer(said) : undefined);
  if (finishReason === 'length' && ended === undefined) return { failed: 'length' };
  const response = ended?.text ?? said;
  if (response === '') return { failed: 'empty' };
  const found = extractAnswer(response);
  const thinking = completion.thinking ?? split.thinking;
  return {
    response,
    extracted: found?.answer ?? null,
    rule: found?.rule ?? null,
    ...(ended === undefined ? {} : { ranOn: ended.ranOn }),
    ...(thinking === undefined ? {} : { thinking }),
    ...(logProbability === undefined ? {} : { log_probability: logProbability }),
  };
}

/** The same fields of a record that is done, as a row or a candidate holds them. */
export function takenFields(record: { readonly [field: string]: unknown }): TakenResponse {
  const { response, extracted, rule, thinking, log_probability } = record;
  return {
    response: String(response),
    extracted: typeof extracted === 'string' ? extracted : null,
    rule: typeof rule === 'string' ? rule : null,
    ...(typeof thinking === 'string' ? { thinking } : {}),
    ...(typeof log_probability === 'number' ? { log_probability } : {}),
  };
}
