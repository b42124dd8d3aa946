import type { JsonObject } from '../../storage/read-jsonl.js';
import { rowTexts } from './row-texts.js';

/** The type in the published name of rows: `ins_res` where they have solutions, `ins` where they are problems alone. */
export function baseType(rows: readonly JsonObject[], rowsAre: string): 'ins_res' | 'ins' {
  return rowsAre === 'solutions' || rows.some((row) => rowTexts(row)?.response !== undefined) ? 'ins_res' : 'ins';
}
