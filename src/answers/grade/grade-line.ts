import type { AnswerPolicy } from '../parse/policies.js';
import type { Strength } from '../parse/verdict.js';
import { gradeResponse, type PresetName } from './grade-with-preset.js';
import { readAnswerRow } from './read-answer-row.js';

/** What a line of a grading service answers: a verdict, or what is wrong with the line that was sent. */
export type LineVerdict =
  | {
      readonly id: string | number;
      readonly equivalent: boolean;
      readonly extracted: string | null;
      readonly rule: string;
      readonly strength: Strength;
    }
  | { readonly id: string | number; readonly error: string };

/**
 * Grades one JSON line `{id?, gold, answer | response}`. A line that cannot be used gets an answer of its own, `{id, error}`, so that
 * the lines behind it keep their places and no fault is ever taken for a wrong answer. Never throws.
 *
 * @param line the place of the line, from 1, which is its id when it names none
 */
export function gradeLine(
  text: string,
  line: number,
  { preset = 'mathpie', policy }: { readonly preset?: PresetName; readonly policy?: Partial<AnswerPolicy> } = {},
): LineVerdict {
  const row = readAnswerRow(text, line);
  if (typeof row === 'string') return { id: line, error: `Cannot grade line ${line}: ${row}` };
  const { id, columns: _, ...request } = row;
  const { equivalent, extracted, rule, strength } = gradeResponse({ ...request, preset, ...(policy && { policy }) });
  return { id, equivalent, extracted: extracted ?? null, rule, strength };
}
