import { filterByRules } from './filter-by-rules.js';
import { type FilterSettings, listRules } from './filter-run.js';

export type Validation = {
  readonly total: number;
  readonly valid: number;
  /** valid / total; 0 for an empty set. */
  readonly share: number;
  readonly isGoodEnough: boolean;
  /** Rows that break each rule; a row may break several. */
  readonly defects: Readonly<Record<string, number>>;
};

/** How much of a data set the filter would keep, and what is wrong with the rest. `threshold`: least valid share. @default 0.7 */
export function validateRows(
  rows: readonly object[],
  { threshold = 0.7, ...settings }: FilterSettings & { readonly threshold?: number } = {},
): Validation {
  const { rows: valid, rules } = filterByRules(rows, { rules: listRules(settings) });
  const defects = Object.fromEntries(rules.flatMap(({ rule, dropped }) => (dropped > 0 ? [[rule, dropped]] : [])));
  const share = rows.length === 0 ? 0 : valid.length / rows.length;
  return {
    total: rows.length,
    valid: valid.length,
    share,
    isGoodEnough: rows.length > 0 && share >= threshold,
    defects,
  };
}
