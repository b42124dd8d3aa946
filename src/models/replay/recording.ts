import type { Completion, ModelCapabilities } from '../language-model.js';

/** The first line of a recording: which model it was, and what the replay has to know about it. */
export type RecordedModel = {
  readonly model: string;
  readonly capabilities: ModelCapabilities;
  readonly preQuery?: string;
  /** The pre-query text with a system prompt; `{system}` stands for it. */
  readonly preQueryWithSystem?: string;
};

export const systemPlaceholder = '{system}';

/** A line for each request. A line written by hand may give the request's `id` instead of its hash. */
export type RecordedRequest = {
  readonly requestHash?: string;
  readonly id?: string;
  readonly completions: readonly RecordedCompletion[];
};

export type RecordedCompletion = Omit<Completion, 'requestId'>;
