import { join } from 'node:path';
import { ModelError } from '../errors.js';
import { rewardRows } from '../magpie/compare/score-rewards.js';
import { type CacheUse, withCache } from '../models/cache/with-cache.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { isLocalModel } from '../models/prices/is-local-model.js';
import { planRun } from '../runs/plan-run.js';
import type { StagePlan } from '../runs/plan-stage.js';
import { priceTokens } from '../runs/spending.js';
import { mergeRounds, type PlanTotals, sumPlans } from '../runs/sum-plans.js';
import { oneModelAtATime } from '../steps/one-model-at-a-time.js';
import { plannedModel } from '../steps/planned-model.js';
import { finishedSteps, readStepRows } from './finished-steps.js';
import type { MagpieRecipe } from './recipe-schema.js';
import { noRows, type RecipeStep } from './recipe-step.js';
import { type RecipeOptions, settleRecipe } from './settle-recipe.js';

export type PlanRecipeOptions = RecipeOptions & {
  /** Ask models a few requests even where they cost money, or must be loaded onto a GPU first. @default false */
  readonly isProbing?: boolean;
  readonly cache?: CacheUse;
  readonly concurrency?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((line: string) => void) | undefined;
};

export type StepPlan = {
  readonly step: string;
  /** Null where the step asks no model. */
  readonly model: string | null;
  readonly state: 'finished' | 'to do';
  /** All zero where nothing is to be asked. */
  readonly totals: PlanTotals;
  /** US dollars; null where no price is known. */
  readonly usd: number | null;
  /** When every completion runs into its token limit. */
  readonly maxUsd: number | null;
  readonly price: TokenPrice | null;
  /** What the lengths of completions are taken from. */
  readonly outputSources: readonly string[];
  /** Completions that were really asked for. */
  readonly probed: number;
};

export type RecipePlan = {
  readonly recipe: MagpieRecipe;
  readonly overridden: readonly string[];
  readonly steps: readonly StepPlan[];
  readonly totals: PlanTotals;
  readonly usd: number | null;
  readonly maxUsd: number | null;
};

/**
 * What a recipe would still ask for: every step's requests are rendered on what the directory holds, or on texts that stand in for
 * what nobody has written. Nothing is written. Models in this process (pocket, gguf) and servers at localhost are probed.
 */
export async function planMagpieRecipe(options: PlanRecipeOptions): Promise<RecipePlan> {
  const { directory } = options;
  const { recipe, overridden, steps, priceOf } = settleRecipe(options);
  const finished = await finishedSteps(directory, steps);
  const models = oneModelAtATime((name) => openForPlan(name, options));
  const plans: StepPlan[] = [];
  let rows = noRows;
  try {
    for (const step of steps) {
      const earlier = finished.get(step.name);
      if (earlier !== undefined) {
        rows = await step.reload(rows, (file) => readStepRows(join(directory, file)), earlier);
        plans.push(describeStep(step, { stages: [], state: 'finished', price: undefined }));
        continue;
      }
      const { stages, made } = await planStep(step, { rows, models, options });
      rows = made ?? rows;
      const scored = step.script === undefined ? [] : [planScript(step, rows)];
      const price = step.model === undefined ? undefined : priceOf(step.model);
      plans.push(describeStep(step, { stages: [...stages, ...scored], state: 'to do', price }));
    }
  } finally {
    await models.close();
  }
  const sum = (field: 'usd' | 'maxUsd'): number | null =>
    plans.some((plan) => plan[field] === null) ? null : plans.reduce((total, plan) => total + (plan[field] ?? 0), 0);
  const totals = sumPlans(plans.map((plan) => plan.totals));
  return { recipe, overridden, steps: plans, totals, usd: sum('usd'), maxUsd: sum('maxUsd') };
}

async function planStep(
  step: RecipeStep,
  {
    rows,
    models,
    options,
  }: {
    rows: typeof noRows;
    models: ReturnType<typeof oneModelAtATime>;
    options: PlanRecipeOptions;
  },
): Promise<{ stages: readonly StagePlan[]; made?: typeof noRows }> {
  const { model: name } = step;
  if (name === undefined) {
    // What only counts and compares is not done on texts that stand in for others
    return step.script === undefined || step.name === 'deduplicate' ? { stages: [] } : askNothing(step, options, rows);
  }
  try {
    return await planAsking(step, { model: await models.get(name), rows, options });
  } catch (error) {
    // A server of one's own that is not running, say; the same fault would end the run
    if (!(error instanceof ModelError) || options.isProbing) throw error;
    options.onNote?.(`Planned without a probe: ${error.message}`);
    return planAsking(step, { model: plannedModel(name), rows, options });
  }
}

async function planAsking(
  step: RecipeStep,
  { model, rows, options }: { model: LanguageModel; rows: typeof noRows; options: PlanRecipeOptions },
): Promise<{ stages: readonly StagePlan[]; made?: typeof noRows }> {
  const { directory, cache = 'default', signal, onNote = () => undefined } = options;
  return withCache(model, { use: cache, onNote }, async (cached) => {
    const isProbing = !('isPlanned' in model);
    const { name: stage, config } = step;
    const run = await planRun({ directory, stage, config, isProbing, isCached: cached.isCached });
    const made = await step.work(rows, { run, signal, onProgress: () => undefined, model: cached });
    return { stages: run.plan.stages, made: made.rows };
  });
}

/** Scores that no language model gives are filled in, as far as that goes without asking. */
async function askNothing(
  step: RecipeStep,
  { directory }: PlanRecipeOptions,
  rows: typeof noRows,
): Promise<{ stages: readonly StagePlan[]; made?: typeof noRows }> {
  const run = await planRun({ directory, stage: step.name, config: step.config, isProbing: false });
  const made = await step.work(rows, { run, onProgress: () => undefined, model: undefined });
  return { stages: [], made: made.rows };
}

async function openForPlan(name: string, options: PlanRecipeOptions): Promise<LanguageModel> {
  const { concurrency } = options;
  if (!mayProbe(name, options)) return plannedModel(name);
  return openModel(name, concurrency === undefined ? {} : { concurrency });
}

/** An engine on a GPU takes minutes to load. */
function mayProbe(name: string, { isProbing = false }: PlanRecipeOptions): boolean {
  return isProbing || (isLocalModel(name) && !name.startsWith('vllm:'));
}

/** Texts that a script of python-gpu reads; it writes none. */
function planScript(step: RecipeStep, rows: typeof noRows): StagePlan {
  const count = step.name === 'score' ? [...rewardRows(rows.candidates)].length : rows.problems.length;
  return { ...noStage, stage: step.name, requests: count, outputSource: '', elapsedMs: undefined };
}

const noStage = {
  completions: 0,
  inputTokens: 0,
  outputTokens: 0,
  maxOutputTokens: 0,
  probe: undefined,
  passRate: undefined,
};

function describeStep(
  step: RecipeStep,
  { stages, state, price }: { stages: readonly StagePlan[]; state: StepPlan['state']; price: TokenPrice | undefined },
): StepPlan {
  const merged = mergeRounds(stages);
  const totals = sumPlans(merged);
  const cost = (completionTokens: number): number | null => {
    if (totals.completions === 0) return 0;
    return price === undefined ? null : priceTokens({ promptTokens: totals.inputTokens, completionTokens }, price);
  };
  return {
    step: step.name,
    model: step.model ?? step.script ?? null,
    state,
    totals,
    usd: cost(totals.outputTokens),
    maxUsd: cost(totals.maxOutputTokens),
    price: price ?? null,
    outputSources: [...new Set(merged.map(({ outputSource }) => outputSource))].filter((text) => text !== ''),
    probed: stages.reduce((sum, { probe }) => sum + (probe?.completions.length ?? 0), 0),
  };
}
