import { findRows } from './find-rows.js';
import type { MagpieRow } from './magpie-row.js';
import { rowTexts } from './row-texts.js';
import { toMagpieRow } from './upstream-candidates.js';

/**
 * The problems that a step works on: of the given files (ours or the original's, several may be joined), else of the run
 * directory, the distinct ones where they were deduplicated. Files may hold rows of the same number, which are numbered anew.
 */
export async function readInstructions({
  files,
  directory,
  types,
}: {
  files: readonly string[];
  directory: string;
  types: readonly string[];
}): Promise<readonly MagpieRow[]> {
  const { rows } = await findRows({ files, directory: files.length > 0 ? undefined : directory, types });
  const read = rows.map((row, index) =>
    toMagpieRow(row, { instruction: rowTexts(row)?.instruction ?? '', place: index + 1 }),
  );
  const isNumbered = new Set(read.map(({ id }) => id)).size === read.length;
  return isNumbered ? read : read.map((row, id) => ({ ...row, id }));
}
