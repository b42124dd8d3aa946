import type { GpuProgress } from '../gpu/track-events.js';
import type { Language } from '../language/translate.js';
import type { CacheUse } from '../models/cache/with-cache.js';
import type { Budget } from '../runs/meter-model.js';
import type { Spending } from '../runs/spending.js';
import type { StageProgress } from '../runs/track-progress.js';
import type { Chosen } from './link.js';
import type { RecipeTitle, StepCounts } from './step.js';

/** What a chain of steps is asked to do, and what it tells. */
export type ChainOptions = {
  readonly chain: readonly Chosen[];
  /** The run directory of all steps. */
  readonly directory: string;
  /** @default the run's, else 0 */
  readonly seed?: number | undefined;
  /** Of the words of cards and prompts. @default 'en' */
  readonly language?: Language;
  /** Of the problems, and so of the prompts that models are asked with. @default en */
  readonly problemLanguage?: Language | undefined;
  /** Where a step puts a file that is no part of the run directory. */
  readonly out?: string | undefined;
  /** Of the whole directory, all steps and sessions together. */
  readonly budget?: Budget;
  /** Share of a step's calls that may fail, from 0 to 1: with more the chain ends behind it. @default that of `maxFailedShare` */
  readonly maxFailed?: number | undefined;
  /** A file with prices instead of configs/prices.json. */
  readonly prices?: string | undefined;
  /** Ask endpoints by way of their Batch API. @default false */
  readonly isBatch?: boolean;
  /** @default 'default': endpoints elsewhere are not asked twice */
  readonly cache?: CacheUse;
  /** Calls to an endpoint under way at the same time. @default 16 */
  readonly concurrency?: number;
  /** Do steps again that have finished, from their records. @default false: they are left as they are */
  readonly isAgain?: boolean;
  /** What the steps are asked by; it is kept beside them. */
  readonly recipe?: RecipeTitle | undefined;
  /** The caller's word for a setting of a step. @default the setting's own name */
  readonly nameOf?: ((setting: string, step: string) => string) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ChainProgress) => void) | undefined;
  /** Told of each step when it is over, and of those that were over before. */
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
  readonly onNote?: ((line: string) => void) | undefined;
};

/** Costs are those of the session. */
export type ChainProgress = (StageProgress | GpuProgress) & { readonly step: string; readonly costUsd?: number };

export type StepOutcome = StepCounts & {
  readonly step: string;
  /** The model that was asked, or scored. */
  readonly model: string | null;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  /** An earlier session had finished it. */
  readonly isEarlier: boolean;
  /** Files of the run directory that the step left; the first holds its rows. */
  readonly files: readonly string[];
  /** What the step says of itself: one JSON line, and lines for people. */
  readonly summary: object;
  readonly notes: readonly string[];
  /** Printed instead of the summary, a line each. */
  readonly lines?: readonly object[] | undefined;
};

export type ChainResult = {
  readonly directory: string;
  readonly steps: readonly StepOutcome[];
  /** Of the whole run directory. */
  readonly spent: Spending;
};
