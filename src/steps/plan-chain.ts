import { ModelError } from '../errors.js';
import { withCache } from '../models/cache/with-cache.js';
import type { LanguageModel } from '../models/language-model.js';
import { openModel } from '../models/open-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { isLocalModel } from '../models/prices/is-local-model.js';
import { planRun } from '../runs/plan-run.js';
import type { StagePlan } from '../runs/plan-stage.js';
import { priceTokens } from '../runs/spending.js';
import { mergeRounds, type PlanTotals, sumPlans } from '../runs/sum-plans.js';
import { inCallersWords } from './callers-words.js';
import type { ChainOptions } from './chain-options.js';
import { checkSpending, pricesFor } from './chain-prices.js';
import { finishedLink } from './finished-link.js';
import { giveTo } from './give-to.js';
import type { Link } from './link.js';
import { oneModelAtATime } from './one-model-at-a-time.js';
import { plannedModel } from './planned-model.js';
import { createRowStore, type RowStore } from './row-store.js';
import { settleLinks } from './run-chain.js';
import type { Made } from './step.js';

export type PlanOptions = ChainOptions & {
  /** Ask models a few requests even where they cost money, or must be loaded onto a GPU first. @default false */
  readonly isProbing?: boolean;
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
  /** The rounds of requests that the step consists of. */
  readonly stages: readonly StagePlan[];
};

export type ChainPlan = {
  readonly steps: readonly StepPlan[];
  readonly totals: PlanTotals;
  readonly usd: number | null;
  readonly maxUsd: number | null;
};

/**
 * What a chain of steps would still ask for: every step's requests are rendered on what the directory holds, or on texts that stand in for
 * what nobody has written. Nothing is written. Models in this process (pocket, gguf) and servers at localhost are probed.
 */
export async function planChain(options: PlanOptions): Promise<ChainPlan> {
  const links = await inCallersWords(options, undefined, () => settleLinks(options));
  const priceOf = pricesFor(options);
  await inCallersWords(options, undefined, async () => checkSpending(links, options, priceOf));
  await inCallersWords(options, undefined, async () => {
    for (const { step, asked } of links) step.checkPlan?.(asked);
  });
  const models = oneModelAtATime((name) => openForPlan(name, options));
  const store = createRowStore();
  const plans: StepPlan[] = [];
  try {
    const toDo = new Set<string>();
    for (const link of links) {
      // What is made of rows that will be made anew is not finished
      const isStale = Object.values(link.takes).some(({ stage }) => toDo.has(stage));
      if (!isStale && !options.isAgain && (await finishedLink(link)) !== undefined) {
        plans.push(describeLink(link, { stages: [], state: 'finished', price: undefined }));
        continue;
      }
      toDo.add(link.stage);
      await store.load(link);
      const { stages, made } = await inCallersWords(options, link, () => planLink(link, { store, models, options }));
      passOn(link, { store, made });
      const scored = link.script === undefined ? [] : [planScript(link, made, store)];
      const price = link.model === undefined ? undefined : priceOf(link.model);
      plans.push(describeLink(link, { stages: [...stages, ...scored], state: 'to do', price }));
    }
  } finally {
    await models.close();
  }
  const sum = (field: 'usd' | 'maxUsd'): number | null =>
    plans.some((plan) => plan[field] === null) ? null : plans.reduce((total, plan) => total + (plan[field] ?? 0), 0);
  return { steps: plans, totals: sumPlans(plans.map((plan) => plan.totals)), usd: sum('usd'), maxUsd: sum('maxUsd') };
}

type Planning = {
  readonly store: RowStore;
  readonly models: ReturnType<typeof oneModelAtATime>;
  readonly options: PlanOptions;
};

type Planned = { readonly stages: readonly StagePlan[]; readonly made?: Made };

/** Rows for the next steps: those that would be made, or where a step is not done on stand-ins those that it took. */
function passOn(link: Link, { store, made }: { store: RowStore; made: Made | undefined }): void {
  const taken = (name: string): readonly object[] => store.find(name) ?? [];
  const left = link.step.gives.map((name) => (name === 'rows' ? link.rowsAre : name));
  store.put(link, made?.rows ?? Object.fromEntries(left.map((name) => [name, taken(name)])));
}

async function planLink(link: Link, planning: Planning): Promise<Planned> {
  const { models, options } = planning;
  const { model: name } = link;
  if (name === undefined) {
    // What only counts and compares is not done on texts that stand in for others
    return link.script === undefined ? { stages: [] } : askNothing(link, planning);
  }
  try {
    return await planAsking(link, { model: await models.get(name), ...planning });
  } catch (error) {
    // A server of one's own that is not running, say; the same fault would end the run
    if (!(error instanceof ModelError) || options.isProbing) throw error;
    options.onNote?.(`Planned without a probe: ${error.message}`);
    return planAsking(link, { model: plannedModel(name), ...planning });
  }
}

async function planAsking(
  link: Link,
  { model, store, options }: Planning & { readonly model: LanguageModel },
): Promise<Planned> {
  const { cache = 'default', onNote = () => undefined } = options;
  return withCache(model, { use: cache, onNote }, async (cached) => {
    const isProbing = !('isPlanned' in model);
    const { stage, config, directory = '.' } = link;
    const run = await planRun({ directory, stage, config, isProbing, isCached: cached.isCached });
    const made = await link.step.work(
      giveTo(link, { store, run, model: cached, options: { ...options, onNote: quiet } }),
    );
    return { stages: run.plan.stages, made };
  });
}

/** Scores that no language model gives are filled in, as far as that goes without asking. */
async function askNothing(link: Link, { store, options }: Planning): Promise<Planned> {
  const { directory = '.' } = link;
  const run = await planRun({ directory, stage: link.stage, config: link.config, isProbing: false });
  const given = giveTo(link, { store, run, model: undefined, options: { ...options, onNote: quiet } });
  return { stages: [], made: await link.step.work(given) };
}

/** What a step says of rows that stand in for others is no news. */
const quiet = (): void => undefined;

async function openForPlan(name: string, options: PlanOptions): Promise<LanguageModel> {
  const { concurrency } = options;
  if (!mayProbe(name, options)) return plannedModel(name);
  return openModel(name, concurrency === undefined ? {} : { concurrency });
}

/** An engine on a GPU takes minutes to load. */
function mayProbe(name: string, { isProbing = false }: PlanOptions): boolean {
  return isProbing || (isLocalModel(name) && !name.startsWith('vllm:'));
}

/** Texts that a script of python-gpu reads; it writes none. */
function planScript(link: Link, made: Made | undefined, store: RowStore): StagePlan {
  const [main = ''] = Object.keys(link.step.takes);
  const taken = store.find(main === 'rows' ? link.rowsAre : main) ?? [];
  const requests = made?.counts.input ?? taken.length;
  return { ...noStage, stage: link.stage, requests, outputSource: '', elapsedMs: undefined };
}

const noStage = {
  completions: 0,
  inputTokens: 0,
  outputTokens: 0,
  maxOutputTokens: 0,
  probe: undefined,
  passRate: undefined,
};

function describeLink(
  link: Link,
  { stages, state, price }: { stages: readonly StagePlan[]; state: StepPlan['state']; price: TokenPrice | undefined },
): StepPlan {
  const merged = mergeRounds(stages);
  const totals = sumPlans(merged);
  const cost = (completionTokens: number): number | null => {
    if (totals.completions === 0) return 0;
    return price === undefined ? null : priceTokens({ promptTokens: totals.inputTokens, completionTokens }, price);
  };
  return {
    step: link.label,
    model: link.model ?? link.script ?? null,
    state,
    totals,
    usd: cost(totals.outputTokens),
    maxUsd: cost(totals.maxOutputTokens),
    price: price ?? null,
    outputSources: [...new Set(merged.map(({ outputSource }) => outputSource))].filter((text) => text !== ''),
    probed: stages.reduce((sum, { probe }) => sum + (probe?.completions.length ?? 0), 0),
    stages,
  };
}
