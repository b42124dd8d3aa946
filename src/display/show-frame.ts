import { type DataFrame, scalarRow, toDataFrame } from '../analysis/to-data-frame.js';
import type { Screen } from './kernel.js';
import { showTable, type TableOptions } from './table.js';

/**
 * Makes a data frame of rows, shows it as a table, and gives it back to be grouped, filtered and plotted. Options choose what is shown; the frame
 * has every scalar field. Throws as `toDataFrame` does.
 *
 * @example const costs = await showFrame(tokensAndTime(manifest));
 * await showTable(costs.sortValues('seconds', { ascending: false }));
 */
export async function showFrame(
  rows: readonly object[],
  options: TableOptions = {},
  screen?: Screen,
): Promise<DataFrame> {
  const frame = await toDataFrame(rows);
  await showTable(rows.map(scalarRow), { columns: frame.columns, ...options }, screen);
  return frame;
}
