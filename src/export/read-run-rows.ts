import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { readMagpieFile } from '../magpie/magpie-file.js';
import type { MagpieRow } from '../magpie/magpie-row.js';
import type { PreferencePair } from '../magpie/rank.js';
import { readLines } from '../storage/read-lines.js';
import type { SftSource } from './to-sft.js';

/**
 * The rows of a run directory that are fit to train on: the kept rows of `augment` (read as a stream), else Magpie's filtered
 * file, else its solved instructions, the failed ones left out. Throws `InputError` where there is neither.
 */
export async function* readSftRows(directory: string): AsyncGenerator<SftSource> {
  const kept = join(directory, 'rows.jsonl');
  if (existsSync(kept)) {
    for await (const { text, line } of readLines(kept)) if (text.trim() !== '') yield parseRow(text, { kept, line });
    return;
  }
  const filtered = await readMagpieFile<MagpieRow>({ directory, type: 'filtered' }).catch(() => undefined);
  const { rows } = filtered ?? (await readMagpieFile<MagpieRow>({ directory, type: 'ins_res' }));
  for (const row of rows) if (row.response !== null) yield row;
}

/** The preference pairs of a run directory, as `rank` left them. Throws `InputError` where there are none. */
export async function readPreferenceRows(directory: string): Promise<readonly PreferencePair[]> {
  return (await readMagpieFile<PreferencePair>({ directory, type: 'Align' })).rows;
}

function parseRow(text: string, { kept, line }: { kept: string; line: number }): SftSource {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Cannot use ${kept}:${line}: not JSON; delete the file and run augment again`, {
      file: kept,
      line,
      cause,
    });
  }
}
