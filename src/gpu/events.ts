/**
 * What a script of python-gpu appends to `events.jsonl`, one JSON object a line. The one source is
 * python-gpu/contract/event.schema.json; `contract.test.ts` reads its examples.
 */
export type GpuEvent =
  | RunStartEvent
  | PlanEvent
  | LearntRowEvent
  | ProgressEvent
  | StepEndEvent
  | CheckpointSavedEvent
  | EvaluationEndEvent
  | WarningEvent
  | RunEndEvent
  | RunFailedEvent;

type Timed = {
  /** Each may carry more than its type names. */
  readonly [field: string]: unknown;
  /** ISO 8601, UTC. */
  readonly time: string;
};

export type RunStartEvent = Timed & {
  readonly event: 'run-start';
  readonly script: string;
  readonly pid: number;
  readonly versions: { readonly [name: string]: string };
  /** Such as `cpu` or the name of the GPU. */
  readonly device: string;
};

/** What will be done, before anything slow; more fields depend on the script. */
export type PlanEvent = Timed & {
  readonly event: 'plan';
  readonly items?: number;
  readonly tokens?: number;
  readonly steps?: number;
  readonly memoryGiB?: number;
  readonly minutes?: number;
};

/** In a dry run that is asked for it: a row as a training reads it. */
export type LearntRowEvent = Timed & {
  readonly event: 'learnt-row';
  /** From 1. */
  readonly row: number;
  readonly tokens: readonly { readonly id: number; readonly text: string; readonly learnt: boolean }[];
};

/** Of generation, scoring and embedding; at most one a second. */
export type ProgressEvent = Timed & {
  readonly event: 'progress';
  /** Items behind us, those of earlier sessions and failed ones included. */
  readonly done: number;
  readonly failed?: number;
  readonly total: number;
  readonly tokens?: number;
  readonly tokensPerSecond?: number | null;
  readonly etaSeconds?: number | null;
};

/** One optimizer step of training. */
export type StepEndEvent = Timed & {
  readonly event: 'step-end';
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number | null;
  readonly learningRate?: number;
  readonly gradientNorm?: number | null;
  readonly tokens?: number;
  readonly tokensPerSecond?: number | null;
  readonly etaSeconds?: number | null;
  readonly peakMemoryGiB?: number;
};

export type CheckpointSavedEvent = Timed & {
  readonly event: 'checkpoint-saved';
  readonly step: number;
  readonly path: string;
};

export type EvaluationEndEvent = Timed & {
  readonly event: 'evaluation-end';
  readonly step: number;
  readonly loss?: number | null;
};

export type WarningEvent = Timed & { readonly event: 'warning'; readonly message: string };

/** Last of a run that was not killed and did not fail; it carries the script's totals. */
export type RunEndEvent = Timed & { readonly event: 'run-end'; readonly status: 'done' | 'interrupted' };

export type RunFailedEvent = Timed & {
  readonly event: 'run-failed';
  /** One line. */
  readonly message: string;
  /** `user` for what the script refuses, `crash` for a fault, `interrupt` for a second Ctrl-C. */
  readonly kind: 'user' | 'crash' | 'interrupt';
};
