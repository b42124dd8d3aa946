import type { GpuProgress } from '../gpu/track-events.js';
import type { PreferencePair, RankVerdict } from '../magpie/compare/rank.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import type { ScoredRow } from '../magpie/rows/score-fields.js';
import type { LanguageModel } from '../models/language-model.js';
import type { Run } from '../runs/open-run.js';
import type { StageConfig } from '../runs/run-config.js';
import type { StageProgress } from '../runs/track-progress.js';

/** What the steps hand on to each other. */
export type RecipeRows = {
  /** As `instruct` left them. */
  readonly instructions: readonly MagpieRow[];
  /** The same with all that later steps added, less what they dropped. */
  readonly problems: readonly MagpieRow[];
  readonly candidates: readonly ScoredRow[];
  readonly pairs: readonly PreferencePair[];
  readonly verdicts: readonly RankVerdict[];
};

export const noRows: RecipeRows = { instructions: [], problems: [], candidates: [], pairs: [], verdicts: [] };

export type StepCounts = {
  /** What is counted, such as `texts` or `solutions`. */
  readonly unit: string;
  readonly input: number;
  readonly output: number;
  /** What was lost, by reason. */
  readonly lost: Readonly<Record<string, number>>;
  /** Files of the run directory that the step left; the first holds its rows. */
  readonly files: readonly string[];
};

export type StepTools = {
  readonly run: Run;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: StageProgress | GpuProgress) => void;
};

/** One step of a recipe, on its own stage of the run directory. */
export type RecipeStep = {
  /** Also the stage's name. */
  readonly name: string;
  /** The language model that it asks. */
  readonly model: string | undefined;
  /** The model of a script of python-gpu that it starts. */
  readonly script?: string | undefined;
  readonly config: StageConfig;
  /** What the script does, before `model` is loaded: both would want the whole GPU. */
  readonly scriptWork?: ((rows: RecipeRows, tools: StepTools) => Promise<RecipeRows>) | undefined;
  /** `model` is there where the step names one. */
  work(
    rows: RecipeRows,
    tools: StepTools & { readonly model: LanguageModel | undefined },
  ): Promise<{ readonly rows: RecipeRows; readonly counts: StepCounts }>;
  /** The same rows as `work` gave, from the files that it left. */
  reload(rows: RecipeRows, read: (file: string) => Promise<never[]>, counts: StepCounts): Promise<RecipeRows>;
};

/** Reasons with the largest number first; those of none are left out. */
export function sortReasons(lost: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  const entries = Object.entries(lost).flatMap(([reason, count]) => (count ? [[reason, count] as const] : []));
  return Object.fromEntries(entries.sort(([, left], [, right]) => right - left));
}

/** What a file can hold of it: nothing undefined. */
export function toConfig(settings: object): StageConfig {
  return JSON.parse(JSON.stringify(settings));
}
