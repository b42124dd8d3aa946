import type { JsonObject } from '../../storage/read-jsonl.js';

/** One answer as another harness wrote it down. */
export type UpstreamRow = {
  /** Id of the question within its task; the same for all samples of it, which are counted in the order of the rows. */
  readonly problem: string;
  /** The task or data set; ids of two tasks do not meet. */
  readonly task?: string | undefined;
  readonly question?: string | undefined;
  /** Right answers, each of which counts. */
  readonly golds?: readonly string[] | undefined;
  /** The whole text of the answer; absent where the file does not hold it. */
  readonly response?: string | undefined;
  readonly thinking?: string | undefined;
  /** Whether it was right by the harness's own grader; absent where that is not told of this one answer. */
  readonly correct?: boolean | undefined;
  /** What the harness took to be the answer. */
  readonly answer?: string | undefined;
  /** Why there is no response, in one line. */
  readonly failure?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly promptTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
  readonly costUsd?: number | undefined;
  readonly model?: string | undefined;
  /** What else breaks an accuracy down: `subject`, `level`, whatever the file tells. */
  readonly fields?: { readonly [field: string]: string | number | boolean } | undefined;
};

/** How the results of one harness are read. */
export type ResultFormat = {
  /** As people call it. */
  readonly name: string;
  /** Whether an object of a file is of this format, by fields that no other one has. */
  readonly recognises: (value: JsonObject) => boolean;
  /** The answers that an object holds, or why it cannot be used, in a few words. */
  readonly read: (value: JsonObject, asked: ReadOptions) => readonly UpstreamRow[] | string;
};

export type ReadOptions = {
  /** Name of the file without its folder. */
  readonly file: string;
  /** Number of the object in the file, from 1. */
  readonly place: number;
  /** Which of several verdicts of the harness is taken; the first one of the row where nobody said. */
  readonly verdict: string | undefined;
  readonly onVerdicts: OnVerdicts;
};

/** Told of the verdict that was taken of a row, where it has the one that was asked for, and of its other ones. */
export type OnVerdicts = (taken: string | undefined, others: readonly string[]) => void;
