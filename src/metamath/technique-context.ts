import type { LanguageModel } from '../models/language-model.js';
import type { PromptSet } from '../prompts/prompt-set.js';
import type { Run } from '../runs/open-run.js';
import type { StageProgress } from '../runs/track-progress.js';
import type { AugmentedRow } from './augmented-row.js';

/** What every technique is given: the model, where its records go, and how it samples. */
export type TechniqueContext = {
  readonly run: Run;
  readonly model: LanguageModel;
  readonly promptSet: PromptSet;
  /** Prefix of the rows' type: `gsm8k` gives `GSM_…`. */
  readonly dataset: string;
  /** Answers a question; for rephrasing: rephrasings a question. */
  readonly repeat: number;
  readonly answersPerRephrasing: number;
  /** Rephrasings of a problem that backward questions are made of, where they are made of rephrasings. */
  readonly rephrasings: number;
  readonly sampling: { readonly temperature: number; readonly topP: number; readonly maxTokens: number };
  readonly seed: number;
  /** The sampling seed of an item. An item that is asked again because its text was no good gets another one. */
  readonly seedOf: (stage: string, id: string) => number;
  /** How often it was asked before in vain. */
  readonly attempts: (stage: string, id: string) => number;
  readonly maxBackward: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: StageProgress) => void) | undefined;
};

export type TechniqueResult = {
  readonly rows: readonly AugmentedRow[];
  /** Problems that the technique cannot use, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Tokens of steps whose records are no rows: rephrasings, statements. */
  readonly stepTokens: { readonly prompt: number; readonly completion: number };
};
