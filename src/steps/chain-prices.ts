import { InputError } from '../errors.js';
import { findPrice, type TokenPrice } from '../models/prices/find-price.js';
import { loadPriceTable } from '../models/prices/price-table.js';
import { named } from '../name-setting.js';
import type { ChainOptions } from './chain-options.js';
import { isEndpoint } from './is-endpoint.js';
import type { Link } from './link.js';

/** What a model string costs; undefined where nobody knows. */
export function pricesFor({
  prices,
  isBatch = false,
}: Pick<ChainOptions, 'prices' | 'isBatch'>): (model: string) => TokenPrice | undefined {
  const table = loadPriceTable(prices);
  return (model) => findPrice(model, { table, isBatch: isBatch && isEndpoint(model) });
}

/** Refuses what could not be kept to: a budget without a price, a batch without an endpoint. */
export function checkSpending(
  links: readonly Link[],
  { budget = {}, isBatch = false }: Pick<ChainOptions, 'budget' | 'isBatch'>,
  priceOf: (model: string) => TokenPrice | undefined,
): void {
  const models = links.flatMap(({ model }) => model ?? []);
  const unpriced = models.find((model) => priceOf(model) === undefined);
  if (budget.usd !== undefined && unpriced !== undefined) {
    throw new InputError(
      `Cannot keep ${named('budgetUsd')}: the price of ${unpriced} is unknown; give a file with it by ${named('prices')}, or use ${named('budgetTokens')}`,
    );
  }
  if (isBatch && !models.some(isEndpoint)) {
    throw new InputError(
      `Cannot use ${named('batch')} with ${models[0] ?? 'no model'}: only an endpoint has a Batch API; leave ${named('batch')} out`,
    );
  }
}
