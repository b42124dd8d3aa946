import { plainModelName } from '../plain-model-name.js';
import { isLocalModel } from './is-local-model.js';
import type { PriceTable } from './price-table.js';

/** What a million tokens cost in US dollars. `note` says in words where that comes from. */
export type TokenPrice = { readonly input: number; readonly output: number; readonly note: string };

/**
 * The price of a model by its string, from the rows of configs/prices.json; undefined when nobody knows it. What runs on a machine of one's own costs nothing a
 * token. A dated snapshot (`openai:gpt-5-mini-2025-08-07`) costs what its name without the date does.
 */
export function findPrice(
  model: string,
  { table, isBatch = false }: { readonly table: PriceTable; readonly isBatch?: boolean },
): TokenPrice | undefined {
  const plain = plainModelName(model);
  const undated = plain.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const price =
    table.models.find((row) => row.model === model || row.model === plain) ??
    table.models.find((row) => row.model === undated);
  if (price === undefined) {
    return isLocalModel(model) ? { input: 0, output: 0, note: 'it runs on a machine of your own' } : undefined;
  }
  if (isBatch && table.batchFactor === null) return undefined;
  const factor = isBatch ? (table.batchFactor?.value ?? 1) : 1;
  const batch = factor === 1 ? '' : `, times ${factor} in a batch`;
  return {
    input: price.input * factor,
    output: price.output * factor,
    note: `$${price.input} in and $${price.output} out for a million tokens${batch}, read on ${price.read} at ${price.source}`,
  };
}
