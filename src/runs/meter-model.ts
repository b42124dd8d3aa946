import { BudgetError } from '../errors.js';
import type { Completion, GenerateOptions, GenerationRequest, LanguageModel } from '../models/language-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { addSpending, noSpending, priceTokens, type Spending } from './spending.js';

/** What may be spent in a run directory, all sessions together. */
export type Budget = {
  readonly usd?: number | undefined;
  /** Prompt and completion tokens together. */
  readonly tokens?: number | undefined;
  readonly minutes?: number | undefined;
};

export type MeteredModel = LanguageModel & {
  /** What this session has spent so far. */
  spent(): Spending;
};

/**
 * Counts what a model is asked, and stops at a budget: calls to an endpoint that are under way are finished and their
 * completions handed over, so that what is paid for is kept; then `BudgetError` is thrown. Calls under way are reckoned
 * with the mean of those that are done, so that a budget is passed by little. `earlier` is what other sessions spent.
 */
export function meterModel(
  model: LanguageModel,
  {
    budget = {},
    price,
    earlier = noSpending,
    now = () => performance.now(),
  }: {
    readonly budget?: Budget;
    readonly price?: TokenPrice | undefined;
    readonly earlier?: Spending;
    readonly now?: () => number;
  },
): MeteredModel {
  let tokens = { completions: 0, promptTokens: 0, completionTokens: 0 };
  const startedAt = now();

  const spent = (): Spending => ({ ...tokens, usd: priceTokens(tokens, price), minutes: (now() - startedAt) / 60_000 });
  const count = ({ promptTokens, completionTokens, sharesPrompt }: Completion): void => {
    tokens = {
      completions: tokens.completions + 1,
      promptTokens: tokens.promptTokens + (sharesPrompt ? 0 : promptTokens),
      completionTokens: tokens.completionTokens + completionTokens,
    };
  };
  /** The budget that is used up, once those under way are done. */
  const reached = (underWay: number): keyof Budget | undefined => {
    const session = spent();
    const ahead = session.completions === 0 ? 0 : underWay / session.completions;
    const total = addSpending(earlier, session);
    const used = {
      usd: total.usd + ahead * session.usd,
      tokens: total.promptTokens + total.completionTokens + ahead * (session.promptTokens + session.completionTokens),
      minutes: total.minutes,
    };
    return (['usd', 'tokens', 'minutes'] as const).find((kind) => used[kind] >= (budget[kind] ?? Infinity));
  };

  async function* generate(
    requests: readonly GenerationRequest[],
    options: GenerateOptions = {},
  ): AsyncGenerator<Completion, void, undefined> {
    let stoppedBy = requests.length === 0 ? undefined : reached(0);
    if (stoppedBy === undefined) {
      const mayStart = (underWay: number): boolean => {
        stoppedBy ??= reached(underWay);
        return stoppedBy === undefined && (options.mayStart?.(underWay) ?? true);
      };
      let left = requests.reduce((sum, { samples = 1 }) => sum + samples, 0);
      for await (const completion of model.generate(requests, { ...options, mayStart })) {
        count(completion);
        yield completion;
        left -= 1;
        // An engine of our own does not ask before it starts; what it has not finished cost nothing.
        if (model.concurrency === undefined && left > 0) stoppedBy = reached(0);
        if (model.concurrency === undefined && stoppedBy !== undefined) break;
      }
    }
    if (stoppedBy !== undefined) throw describeStop(stoppedBy, { budget, total: addSpending(earlier, spent()) });
  }

  return { ...model, generate, spent };
}

function describeStop(kind: keyof Budget, { budget, total }: { budget: Budget; total: Spending }): BudgetError {
  const used = {
    usd: `$${total.usd.toFixed(4)} of $${budget.usd}`,
    tokens: `${total.promptTokens + total.completionTokens} of ${budget.tokens} tokens`,
    minutes: `${total.minutes.toFixed(1)} of ${budget.minutes} minutes`,
  };
  return new BudgetError(`Stopped at the budget: ${used[kind]} are spent`, { flag: `budget-${kind}` });
}
