import type { GpuProgress } from '../gpu/track-events.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import type { StageProgress } from '../runs/track-progress.js';
import { measureRates } from './measure-rates.js';
import type { AblationPlan } from './plan-ablation.js';
import type { AblationRecipe } from './recipe.js';
import { trainArm } from './train-arm.js';

/** What an ablation tells while it runs. */
export type AblationEvent =
  /** How fast this machine is will be measured, by a training on so many rows among others; not told where a run goes on. */
  | { readonly event: 'measure-start'; readonly rows: number }
  | { readonly event: 'plan'; readonly plan: AblationPlan }
  | ({ readonly event: 'part-start' } & AblationPart)
  | ({ readonly event: 'part-end'; readonly isKept: boolean; readonly text: string } & AblationPart)
  /** Each step of a training; of one that is kept from before they are told again. */
  | ({
      readonly event: 'training-step';
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
    } & AblationPart);

export type AblationPart = {
  readonly part: 'grow' | 'mix' | 'train' | 'evaluate';
  readonly arm: string;
  readonly seed: number;
};

export type AblateOptions = {
  /** An ablation, or the name (configs/recipes/ablation) or file of one. */
  readonly recipe: string | AblationRecipe;
  /** Run directory; the same call again goes on with what is there. */
  readonly directory: string;
  /** @default the recipe's */
  readonly seeds?: number | undefined;
  /** The model that rephrases and answers. @default the recipe's */
  readonly teacher?: string | undefined;
  /** The model that is trained. @default the recipe's */
  readonly student?: string | undefined;
  /** Stops after the step of training, or the answers, that are under way; the same call goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long a training may take to end its step and save when it is stopped, in milliseconds; then it is ended by force, and the same call
   * goes on from its last checkpoint. @default 1000
   */
  readonly graceMs?: number | undefined;
  /** Processes that share each training, by torchrun. @default 1 */
  readonly gpus?: number | undefined;
  /**
   * Arms that are trained and asked at the same time, each in a process of its own, on a GPU of its own where there are several. @default one for
   * each two processors, or for each GPU where an engine is asked
   */
  readonly atOnce?: number | undefined;
  readonly onEvent?: ((event: AblationEvent) => void) | undefined;
  readonly onProgress?: ((progress: StageProgress | GpuProgress) => void) | undefined;
  /** @default those of this package */
  readonly effects?: Partial<AblationEffects>;
};

/** What asks models, trains and measures. */
export type AblationEffects = {
  readonly open: (name: string, options: { readonly signal?: AbortSignal | undefined }) => Promise<LanguageModel>;
  readonly train: typeof trainArm;
  readonly measure: typeof measureRates;
};

export const defaultEffects: AblationEffects = { open: openModel, train: trainArm, measure: measureRates };

/** Models that stay open as long as nothing else needs their place. */
export type Models = {
  readonly open: (name: string) => Promise<LanguageModel>;
  /** Closes what holds a GPU's memory: the next `open` loads it again. */
  readonly freeGpu: () => Promise<void>;
  /** @default all of them */
  readonly close: (name?: string) => Promise<void>;
};

/** What the parts of an ablation are given. */
export type Work = AblateOptions & { readonly models: Models };
