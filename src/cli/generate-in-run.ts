import { join } from 'node:path';
import { InputError } from '../errors.js';
import { withCache } from '../models/cache/with-cache.js';
import type { LanguageModel } from '../models/language-model.js';
import { findPrice, type TokenPrice } from '../models/prices/find-price.js';
import { isLocalModel } from '../models/prices/is-local-model.js';
import { loadPriceTable } from '../models/prices/price-table.js';
import type { Run } from '../runs/open-run.js';
import { planRun } from '../runs/plan-run.js';
import type { StageConfig } from '../runs/run-config.js';
import { spendInRun } from '../runs/spend-in-run.js';
import type { StageProgress } from '../runs/track-progress.js';
import type { Values } from './declare/option.js';
import { checkSpending, readBudget, readCacheUse, type spendingOptions } from './options/spending-options.js';
import { reportPlan } from './show/report-plan.js';
import type { Terminal } from './show/terminal.js';
import { withModel } from './with-model.js';

export type GenerationTools = {
  readonly model: LanguageModel;
  readonly run: Run;
  readonly onProgress: (progress: StageProgress) => void;
  /** Says nothing in a dry run, whose results are no results. */
  readonly terminal: Terminal;
};

type Generation = {
  /** The model string. */
  readonly name: string;
  readonly directory: string;
  readonly stage: string;
  readonly config: (model: LanguageModel) => StageConfig | Promise<StageConfig>;
  readonly values: Values<typeof spendingOptions>;
  readonly terminal: Terminal;
};

type Work = (tools: GenerationTools) => Promise<void>;

/**
 * What every command that asks a model goes through: opens the model and the run directory and closes them however the
 * work ends, counts what is spent and keeps the budgets. With `--dry-run` the same work runs on a run that is only
 * planned, and what it would ask is reported.
 */
export async function generateInRun(generation: Generation, work: Work): Promise<void> {
  const { name, directory, values, terminal } = generation;
  const price = findPrice(name, { table: loadPriceTable(values.prices), isBatch: values.batch });
  checkBudgets(generation, price);
  const ask = (model: LanguageModel): Promise<void> =>
    values['dry-run'] ? planGeneration(generation, { model, price }, work) : spend(generation, { model, price }, work);
  // A dry run asks its few requests at once.
  const isBatch = values.batch && !values['dry-run'];
  const batch = isBatch ? { directory: join(directory, 'batches'), onStatus: terminal.note } : undefined;
  await withModel(name, ask, { concurrency: values.concurrency, batch, ...environmentOf(name, values) });
}

/** What a run would cost can be seen by who has no key yet: a dry run without a probe asks no endpoint elsewhere. */
function environmentOf(name: string, values: Generation['values']): { environment?: NodeJS.ProcessEnv } {
  if (!values['dry-run'] || values.probe || isLocalModel(name)) return {};
  return { environment: { OPENAI_API_KEY: 'none, nothing is asked', ...process.env } };
}

type Priced = { readonly model: LanguageModel; readonly price: TokenPrice | undefined };

async function planGeneration(generation: Generation, { model, price }: Priced, work: Work): Promise<void> {
  const { name, directory, stage, config, values, terminal } = generation;
  const isProbing = values.probe || isLocalModel(name);
  const settled = await config(model);
  const { stages } = await withCache(model, { use: readCacheUse(values), onNote: terminal.note }, async (cached) => {
    const run = await planRun({ directory, stage, config: settled, isProbing, isCached: cached.isCached });
    await work({ model: cached, run, terminal: mute(terminal), onProgress: () => undefined });
    return run.plan;
  });
  reportPlan({ stages, model: name, price, stage, terminal, isBatch: values.batch });
}

async function spend(generation: Generation, { model, price }: Priced, work: Work): Promise<void> {
  const { directory, stage, config, values, terminal } = generation;
  const asked = {
    directory,
    stage,
    config: await config(model),
    budget: readBudget(values),
    price,
    cache: readCacheUse(values),
    onNote: terminal.note,
    onProgress: terminal.progress,
  };
  await spendInRun(model, asked, (tools) => work({ ...tools, terminal }));
}

/** A budget that nobody could keep is refused before anything is asked. */
function checkBudgets({ name, values }: Generation, price: TokenPrice | undefined): void {
  checkSpending(values);
  if (values.batch && !/^(openai:|https?:)/.test(name)) {
    throw new InputError(`Cannot use --batch with ${name}: only an endpoint has a Batch API; leave --batch out`);
  }
  if (values['budget-usd'] === undefined || price !== undefined) return;
  throw new InputError(
    `Cannot keep --budget-usd: the price of ${name} is unknown; give a file with it by --prices, or use --budget-tokens`,
  );
}

const mute = (terminal: Terminal): Terminal => ({
  ...terminal,
  row: () => undefined,
  note: () => undefined,
  progress: () => undefined,
});
