import type { RunStageOptions } from '../runs/run-stage.js';

/** What a stage's `record` function returns: the fields to keep, or why the item failed. */
export type StageFields = ReturnType<RunStageOptions<{ readonly id: string }>['record']>;
