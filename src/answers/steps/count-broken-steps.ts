import { checkSteps } from './check-steps.js';

/**
 * The broken lines of work of a row, whatever its fields are called: `brokenSteps` where an earlier step counted them, else
 * counted now from its response and its question.
 */
export function countBrokenSteps(row: object): number {
  const { brokenSteps, response, preferred_response, query, instruction, question } = row as {
    readonly [field: string]: unknown;
  };
  if (typeof brokenSteps === 'number') return brokenSteps;
  const text = response ?? preferred_response;
  const asked = query ?? instruction ?? question;
  if (typeof text !== 'string') return 0;
  return checkSteps(text, { question: typeof asked === 'string' ? asked : undefined }).broken.length;
}
