import { InputError } from '../../errors.js';
import type { CacheUse } from '../../models/cache/with-cache.js';
import { maxFailedShare } from '../../runs/count-calls.js';
import type { Budget } from '../../runs/meter-model.js';
import { decimal, flag, integer, text, type Values } from '../declare/option.js';

/** Flags of every command that asks a model: what it would cost, what it may cost, and how it asks. */
export const spendingOptions = {
  'dry-run': flag({ description: 'show requests, tokens, cost and time, and write nothing' }),
  probe: flag({ description: 'with --dry-run: ask the model a few requests even where that costs money' }),
  'budget-usd': decimal({
    valueName: 'USD',
    description: 'stop when so much is spent in the run directory',
    fallback: undefined,
    minimum: 0,
    maximum: 1e9,
  }),
  'budget-tokens': integer({
    description: 'stop at so many tokens in and out',
    fallback: undefined,
    minimum: 1,
  }),
  'budget-minutes': decimal({
    valueName: 'M',
    description: 'stop after so many minutes of asking',
    fallback: undefined,
    minimum: 0,
    maximum: 1e9,
  }),
  'budget-soft': flag({
    description:
      'near a budget, take calls to be as long as those so far: faster, and it may be passed by some of them',
  }),
  prices: text({ valueName: 'FILE', description: 'prices instead of those in configs/prices.json; see docs/costs.md' }),
  cache: flag({
    description: 'answer from the cache of earlier runs, where it is not so by default (a model of your own)',
  }),
  'no-cache': flag({ description: 'ask again, and keep nothing in the cache; see docs/costs.md' }),
  batch: flag({ description: 'ask by way of the endpoint’s Batch API: cheaper, within a day; see docs/costs.md' }),
  'max-failed': decimal({
    valueName: 'SHARE',
    description: `exit code 1 where a larger share of a step's calls failed`,
    fallback: maxFailedShare,
    minimum: 0,
    maximum: 1,
  }),
  concurrency: integer({
    description: 'calls to an endpoint under way at the same time',
    fallback: 16,
    minimum: 1,
    maximum: 4096,
  }),
};

type SpendingValues = Values<typeof spendingOptions>;

export function readBudget(values: SpendingValues): Budget {
  return {
    usd: values['budget-usd'],
    tokens: values['budget-tokens'],
    minutes: values['budget-minutes'],
    isSoft: values['budget-soft'],
  };
}

export function readCacheUse(values: Pick<SpendingValues, 'cache' | 'no-cache'>): CacheUse {
  if (values.cache && values['no-cache']) {
    throw new InputError('Cannot use --cache and --no-cache together; leave one of them out');
  }
  if (values.cache) return 'always';
  return values['no-cache'] ? 'never' : 'default';
}

/** Throws `InputError` for flags that mean nothing together. */
export function checkSpending(values: SpendingValues): void {
  if (values.probe && !values['dry-run']) {
    throw new InputError('Cannot use --probe alone: it belongs to --dry-run; add that, or leave --probe out');
  }
  readCacheUse(values);
}
