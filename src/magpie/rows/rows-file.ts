import type { Run } from '../../runs/open-run.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { outputName } from './output-name.js';
import { rowGenerator } from './row-generator.js';
import { rowTexts } from './row-texts.js';

/** The published name of rows that a step chose: after the run's instructions, or after the model that wrote the rows. */
export function rowsFile(
  rows: readonly JsonObject[],
  { run, rowsAre, ending }: { readonly run: Run; readonly rowsAre: string; readonly ending: string },
): string {
  const type = ending.startsWith('_') ? `${baseType(rows, rowsAre)}${ending}` : ending;
  return outputName({ run, model: rowGenerator(rows[0]) ?? 'model', count: rows.length, type });
}

/** The type in the published name of rows: `ins_res` where they have solutions, `ins` where they are problems alone. */
export function baseType(rows: readonly JsonObject[], rowsAre: string): 'ins_res' | 'ins' {
  return rowsAre === 'solutions' || rows.some((row) => rowTexts(row)?.response !== undefined) ? 'ins_res' : 'ins';
}
