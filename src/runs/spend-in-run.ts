import { type CacheUse, withCache } from '../models/cache/with-cache.js';
import type { LanguageModel } from '../models/language-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { type Budget, meterModel } from './meter-model.js';
import type { Run } from './open-run.js';
import type { StageConfig } from './run-config.js';
import { addSpending, noSpending, type Spending } from './spending.js';
import { openLedger } from './spending-ledger.js';
import type { StageProgress } from './track-progress.js';
import { withRun } from './with-run.js';

export type SpendingOptions = {
  readonly directory: string;
  readonly stage: string;
  readonly config: StageConfig;
  /** Of the whole directory: what earlier stages and sessions spent there counts. */
  readonly budget: Budget;
  /** What counts beside it, of other directories. @default nothing */
  readonly elsewhere?: Spending | undefined;
  readonly price: TokenPrice | undefined;
  readonly cache: CacheUse;
  readonly onNote: (line: string) => void;
  readonly onProgress: (progress: StageProgress) => void;
};

export type SpendingTools = {
  readonly model: LanguageModel;
  readonly run: Run;
  /** Adds what is spent to what a stage tells. */
  readonly onProgress: (progress: StageProgress) => void;
};

/**
 * Opens a run directory for a stage that asks a model, and closes it however the work ends: what is asked is counted, budgets
 * are kept (`BudgetError`), and what is spent is written down as it happens. What comes from the cache is not spent.
 */
export async function spendInRun<Result>(
  model: LanguageModel,
  { directory, stage, config, budget, elsewhere = noSpending, price, cache, onNote, onProgress }: SpendingOptions,
  work: (tools: SpendingTools) => Promise<Result>,
): Promise<Result> {
  const isPaid = price !== undefined && price.input + price.output > 0;
  return withRun({ directory, stage, config }, async (run) => {
    const ledger = await openLedger(run.directory);
    const onEstimated = (): void =>
      onNote(`${model.name} does not say how many tokens it used; they are estimated, for budgets too`);
    const earlier = addSpending(ledger.earlier, elsewhere);
    const metered = meterModel(model, { budget, price, earlier, ledger, onEstimated });
    const tell = (progress: StageProgress): void =>
      onProgress(isPaid ? { ...progress, costUsd: metered.spent().usd } : progress);
    try {
      return await withCache(metered, { use: cache, onNote }, (cached) =>
        work({ model: cached, run, onProgress: tell }),
      );
    } finally {
      await ledger.close();
    }
  });
}
