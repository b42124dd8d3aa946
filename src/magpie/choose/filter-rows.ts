import type { Run } from '../../runs/open-run.js';
import { outputName } from '../rows/output-name.js';
import { findDefects, type ValidationSettings } from './find-defects.js';

export type FilterResult<Row> = {
  readonly rows: readonly Row[];
  /** Dropped rows by the first rule that they break: the numbers add up to all that was dropped. */
  readonly dropped: Readonly<Record<string, number>>;
};

/** Keeps the rows without a defect, in order. */
export function filterRows<Row extends object>(
  rows: readonly Row[],
  settings: ValidationSettings = {},
): FilterResult<Row> {
  const dropped: Record<string, number> = {};
  const kept = rows.filter((row) => {
    const [rule] = findDefects(row, settings);
    if (rule !== undefined) dropped[rule] = (dropped[rule] ?? 0) + 1;
    return rule === undefined;
  });
  return { rows: kept, dropped };
}

/** Filters and leaves `Magpie_…_filtered.json` in the run directory. */
export async function filterRun<Row extends object>({
  rows,
  run,
  model,
  settings = {},
}: {
  rows: readonly Row[];
  run: Run;
  /** Names the file where the run holds no instructions. */
  model: string;
  settings?: ValidationSettings;
}): Promise<FilterResult<Row> & { readonly fileName: string }> {
  const result = filterRows(rows, settings);
  const fileName = await outputName({ run, model, count: rows.length, type: 'filtered' });
  await run.writeArray(fileName, result.rows);
  return { ...result, fileName };
}
