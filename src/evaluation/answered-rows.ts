import { isUnanswered } from '../runs/count-calls.js';
import type { GradedRow } from './graded-row.js';

/**
 * The rows that count: those that the model answered, whatever it said. A call that failed says nothing about the model, so it is in no n of
 * any accuracy, vote or curve; an answer that was cut, empty or refused is wrong.
 */
export function answeredRows<Row extends Partial<GradedRow>>(rows: readonly Row[]): readonly Row[] {
  return rows.some(isUnanswered) ? rows.filter((row) => !isUnanswered(row)) : rows;
}
