import type { FailureKind } from '../models/language-model.js';
import type { NearestTraining } from './nearest-training.js';
import type { QuestionThird } from './question-thirds.js';

/**
 * One graded answer. The statistics need `problem` and `correct` alone; whatever else a row holds can be a field of a
 * breakdown.
 */
export type GradedRow = {
  /** Id of the record in the run. */
  readonly id?: string;
  /** Id of the problem: samples of one problem share it. */
  readonly problem: string;
  /** 0 to samples - 1. @default 0 */
  readonly sample?: number;
  /** False too when the item failed or no answer could be read. */
  readonly correct: boolean;
  readonly status?: 'done' | 'failed';
  /** Of a call that failed: its kind. Rows that nobody answered (`passing`, `lasting`) count neither as right nor as wrong. */
  readonly failure?: FailureKind;
  /** Why it failed, in one line. */
  readonly reason?: string;
  readonly question?: string;
  readonly gold?: string;
  readonly response?: string;
  /** What the model thought before it answered; absent where it did not, or where nobody tells. */
  readonly thinking?: string;
  /** The verdict on the text with the thought in it; only where it stood there. */
  readonly correctWithThinking?: boolean;
  /** The answer read from the response; absent when there is none. */
  readonly answer?: string;
  /** The rule of the grader that decided. */
  readonly rule?: string;
  readonly finishReason?: string;
  /** Characters that came behind the answer of a text that the limit cut, and were left out. */
  readonly ranOn?: number;
  readonly promptTokens?: number;
  /** Tokens of the response, those of the thought included. */
  readonly completionTokens?: number;
  /** How many of them were thought, by the endpoint's count or by the share of characters. */
  readonly thinkingTokens?: number;
  /** What the answer cost, where the harness told it. */
  readonly costUsd?: number;
  /** The verdict of the harness that an imported row came from, and what it took to be the answer. */
  readonly upstream?: boolean;
  readonly upstreamAnswer?: string;
  /** The task or data set of an imported row. */
  readonly task?: string;
  readonly subject?: string;
  readonly level?: number;
  readonly steps?: number;
  /** Augmentation type, such as `rephrased`. */
  readonly type?: string;
  /** Third of the test set by the length of the question, where it has thirds, and that length in characters. */
  readonly questionThird?: QuestionThird;
  readonly questionLength?: number;
} & Partial<NearestTraining>;
