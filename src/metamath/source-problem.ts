import type { Problem } from '../problems/problem.js';

/** What questions are grown from: a problem, or a rephrasing of one with an id of its own. */
export type SourceProblem = Problem & {
  /** The problem behind a rephrasing. */
  readonly origin?: Problem;
  /** Where the data are augmented rows already (MetaMathQA's `original_question`). */
  readonly originalQuestion?: string;
};
