import type { MagpieRow } from './magpie-row.js';
import { readMagpieRows } from './read-magpie-rows.js';
import { rowTexts } from './row-texts.js';
import { toMagpieRow } from './upstream-candidates.js';

/** The problems of files, ours or the original's. Several may hold rows of the same number, which are numbered anew. */
export async function readInstructions(files: readonly string[]): Promise<readonly MagpieRow[]> {
  const read: MagpieRow[] = [];
  for (const file of files) {
    for await (const row of readMagpieRows(file)) {
      read.push(toMagpieRow(row, { instruction: rowTexts(row)?.instruction ?? '', place: read.length + 1 }));
    }
  }
  const isNumbered = new Set(read.map(({ id }) => id)).size === read.length;
  return isNumbered ? read : read.map((row, id) => ({ ...row, id }));
}
