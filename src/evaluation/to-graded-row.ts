import type { Problem } from '../problems/problem.js';
import type { JsonValue, RunRecord } from '../runs/run-record.js';
import type { GradedRow } from './graded-row.js';
import type { NearestTraining } from './nearest-training.js';
import type { QuestionLength } from './question-thirds.js';

/** A problem, with the augmentation type where a technique made it. */
export type EvaluatedProblem = Problem & { readonly type?: string };

export type ProblemWithGold = EvaluatedProblem & { readonly answer: string };

/** The row of a record, with what is known of its problem and its surroundings (`known`); none when the problem is not among those asked. */
export function toGradedRow(
  record: RunRecord,
  problem: ProblemWithGold | undefined,
  known: Partial<QuestionLength> & Partial<NearestTraining> = {},
): GradedRow[] {
  if (problem === undefined) return [];
  const { id, input, sample, status, reason, failure, response, answer, correct, rule, finishReason } = record;
  const { question, answer: gold, subject, level, steps, type, fields } = problem;
  return [
    {
      ...fields,
      id,
      problem: input,
      sample,
      status,
      ...(failure === undefined ? {} : { failure }),
      ...textField('reason', reason),
      correct: status === 'done' && correct === true,
      ...textField('answer', answer),
      gold,
      ...textField('rule', rule),
      ...(subject !== undefined && { subject }),
      ...(level !== undefined && { level }),
      ...(steps !== undefined && { steps }),
      ...(type !== undefined && { type }),
      ...known,
      question,
      ...textField('response', response),
      ...textField('thinking', record.thinking),
      ...(typeof record.correctWithThinking === 'boolean' && { correctWithThinking: record.correctWithThinking }),
      ...textField('finishReason', finishReason),
      ...(typeof record.ranOn === 'number' && { ranOn: record.ranOn }),
      promptTokens: Number(record.promptTokens) || 0,
      completionTokens: Number(record.completionTokens) || 0,
      ...(typeof record.thinkingTokens === 'number' && { thinkingTokens: record.thinkingTokens }),
    },
  ];
}

function textField<Name extends string>(name: Name, value: JsonValue | undefined): { [field in Name]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { [field in Name]?: string };
}
