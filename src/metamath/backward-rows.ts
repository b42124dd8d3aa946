import type { Problem } from '../problems/problem.js';
import { maskQuantities } from './mask-quantities.js';

export type BackwardRow = {
  readonly id: string;
  readonly question: string;
  readonly masked: string;
  /** UTF-16 offsets into `question`. */
  readonly span: readonly [start: number, end: number];
  readonly original: string;
  /** `x`, or another letter where the question has an x of its own. */
  readonly variable: string;
  /** The answer of the original question; null where nobody knows it. */
  readonly answer: string | null;
};

/** The masked questions of problems as rows of a file; no model is asked. */
export function* backwardRows(problems: Iterable<Problem>): Generator<BackwardRow> {
  for (const { id, question, answer } of problems) {
    for (const { masked, span, original, variable } of maskQuantities(question)) {
      yield { id: `${id}:${span[0]}-${span[1]}`, question, masked, span, original, variable, answer: answer ?? null };
    }
  }
}
