import { join } from 'node:path';
import type { GpuProgress } from '../gpu/track-events.js';
import type { CacheUse } from '../models/cache/with-cache.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import type { Budget } from '../runs/meter-model.js';
import type { Run } from '../runs/open-run.js';
import { spendInRun } from '../runs/spend-in-run.js';
import { readSpending, type Spending } from '../runs/spending.js';
import type { StageProgress } from '../runs/track-progress.js';
import { withRun } from '../runs/with-run.js';
import { oneModelAtATime } from '../steps/one-model-at-a-time.js';
import { finishedSteps, readStepRows } from './finished-steps.js';
import type { MagpieRecipe } from './recipe-schema.js';
import { noRows, type RecipeRows, type RecipeStep, type StepCounts, toConfig } from './recipe-step.js';
import { isEndpoint, type RecipeOptions, type SettledRecipe, settleRecipe } from './settle-recipe.js';

export type RunRecipeOptions = RecipeOptions & {
  /** Of the whole run, all steps and sessions together. */
  readonly budget?: Budget;
  /** @default 'default': endpoints elsewhere are not asked twice */
  readonly cache?: CacheUse;
  /** Calls to an endpoint under way at the same time. @default 16 */
  readonly concurrency?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RecipeProgress) => void) | undefined;
  /** Told of each step when it is over, and of those that were over before. */
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
  readonly onNote?: ((line: string) => void) | undefined;
};

/** `stage` reads `2/8 respond`; costs are those of the session. */
export type RecipeProgress = (StageProgress | GpuProgress) & { readonly step: string; readonly costUsd?: number };

export type StepOutcome = StepCounts & {
  readonly step: string;
  /** The model that was asked, or scored. */
  readonly model: string | null;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  /** An earlier session had finished it. */
  readonly isEarlier: boolean;
};

export type RecipeResult = {
  readonly directory: string;
  readonly recipe: MagpieRecipe;
  readonly steps: readonly StepOutcome[];
  /** Of the whole run directory. */
  readonly spent: Spending;
};

/**
 * Does all that a recipe says, from problems to training sets, in one run directory. After any kill the same call goes on in
 * whatever step it was, and leaves the files of an undisturbed run; finished steps open no model. Throws `InputError`, `StorageError`
 * (another recipe in the directory), `ModelError`, `BudgetError` and `CancelledError`; what was made before stays.
 */
export async function runMagpieRecipe(options: RunRecipeOptions): Promise<RecipeResult> {
  const { directory, concurrency, isBatch = false, budget = {}, onNote = () => undefined } = options;
  const settled = settleRecipe(options, { budget });
  const { steps, recipe } = settled;
  const finished = await finishedSteps(directory, steps);
  const batch = { directory: join(directory, 'batches'), onStatus: onNote };
  const models = oneModelAtATime((name) =>
    openModel(name, {
      ...(concurrency === undefined ? {} : { concurrency }),
      batch: isBatch && isEndpoint(name) ? batch : undefined,
    }),
  );
  const before = await readSpending(directory);
  const outcomes: StepOutcome[] = [];
  let rows = noRows;
  try {
    for (const [index, step] of steps.entries()) {
      const place = { place: index + 1, of: steps.length };
      const earlier = finished.get(step.name);
      const spentUsd = (await readSpending(directory)).usd - before.usd;
      const made =
        earlier === undefined
          ? await doStep(step, { options, settled, models, rows, place, spentUsd })
          : { rows: await step.reload(rows, (file) => readStepRows(join(directory, file)), earlier), counts: earlier };
      rows = made.rows;
      const who = { step: step.name, model: step.model ?? step.script ?? null };
      const outcome = { ...who, ...place, isEarlier: earlier !== undefined, ...made.counts };
      outcomes.push(outcome);
      options.onStep?.(outcome);
    }
  } finally {
    await models.close();
  }
  return { directory, recipe, steps: outcomes, spent: await readSpending(directory) };
}

type Made = { readonly rows: RecipeRows; readonly counts: StepCounts };

async function doStep(
  step: RecipeStep,
  {
    options,
    settled: { recipe, priceOf },
    models,
    rows,
    place,
    spentUsd,
  }: {
    options: RunRecipeOptions;
    settled: SettledRecipe;
    models: ReturnType<typeof oneModelAtATime>;
    rows: RecipeRows;
    place: { readonly place: number; readonly of: number };
    spentUsd: number;
  },
): Promise<Made> {
  const { directory, budget = {}, cache = 'default', signal, onNote = () => undefined } = options;
  const { name: stage, config } = step;
  const label = `${place.place}/${place.of} ${step.name}`;
  const onProgress = (progress: StageProgress | GpuProgress): void => {
    const costUsd = 'costUsd' in progress ? { costUsd: spentUsd + (progress.costUsd ?? 0) } : {};
    options.onProgress?.({ ...progress, ...costUsd, stage: label, step: step.name });
  };
  let given = rows;
  const work = async ({ run, model }: { run: Run; model: LanguageModel | undefined }): Promise<Made> => {
    const made = await step.work(given, { run, model, signal, onProgress });
    // Not before: a session that made nothing binds nobody to its recipe
    await run.writeFile('recipe.json', `${JSON.stringify(recipe, null, 2)}\n`);
    const { input: total, output: kept, lost: dropped } = made.counts;
    // The first three under the names that a data set card looks for
    await run.finish(toConfig({ total, kept, dropped, counts: made.counts }));
    return made;
  };
  // A script has the GPU for itself
  if (step.script !== undefined) await models.close();
  const { scriptWork } = step;
  if (scriptWork !== undefined) {
    given = await withRun({ directory, stage, config }, (run) => scriptWork(rows, { run, signal, onProgress }));
  }
  if (step.model === undefined) return withRun({ directory, stage, config }, (run) => work({ run, model: undefined }));
  const model = await models.get(step.model);
  const asked = { directory, stage, config, budget, price: priceOf(step.model), cache, onNote, onProgress };
  return spendInRun(model, asked, work);
}
