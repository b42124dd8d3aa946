import { extractAnswer } from '../answers/extract-answer.js';
import type { StageFields } from '../metamath/stage-fields.js';

/** The fields of a record that `takeResponse` filled. */
export type TakenResponse = {
  readonly response: string;
  readonly extracted: string | null;
  readonly rule: string | null;
};

/** What a record keeps of a solution. */
export function takeResponse({ text, finishReason }: { text: string; finishReason: string }): StageFields {
  const response = text.trim();
  if (finishReason === 'length') return { failed: 'length' };
  if (response === '') return { failed: 'empty' };
  const found = extractAnswer(response);
  return { response, extracted: found?.answer ?? null, rule: found?.rule ?? null };
}
