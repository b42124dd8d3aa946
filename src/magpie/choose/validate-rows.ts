import { findDefects, type ValidationSettings } from './find-defects.js';

export type Validation = {
  readonly total: number;
  readonly valid: number;
  /** valid / total; 0 for an empty set. */
  readonly share: number;
  readonly isGoodEnough: boolean;
  /** Rows that break each rule; a row may break several. */
  readonly defects: Readonly<Record<string, number>>;
};

/** How much of a data set is usable, and what is wrong with the rest. `threshold`: least valid share. @default 0.7 */
export function validateRows(
  rows: readonly object[],
  { threshold = 0.7, ...settings }: ValidationSettings & { readonly threshold?: number } = {},
): Validation {
  const defects: Record<string, number> = {};
  let valid = 0;
  for (const row of rows) {
    const found = findDefects(row, settings);
    if (found.length === 0) valid += 1;
    for (const rule of found) defects[rule] = (defects[rule] ?? 0) + 1;
  }
  const share = rows.length === 0 ? 0 : valid / rows.length;
  return { total: rows.length, valid, share, isGoodEnough: rows.length > 0 && share >= threshold, defects };
}
