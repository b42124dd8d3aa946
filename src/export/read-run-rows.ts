import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { checkResponses } from '../magpie/compare/check-responses.js';
import type { PreferencePair, RankVerdict } from '../magpie/compare/rank.js';
import { readMagpieFile } from '../magpie/rows/magpie-file.js';
import type { MagpieRow } from '../magpie/rows/magpie-row.js';
import { readJsonl } from '../storage/read-jsonl.js';
import { readLines } from '../storage/read-lines.js';
import type { SftSource } from './to-sft.js';

/**
 * The rows of a run directory that are fit to train on: the kept rows of `augment` (read as a stream), else Magpie's filtered
 * file, else its solved instructions. Left out are those without a response, and those whose answer is not what most
 * candidates say, where there are candidates. Throws `InputError` where there is nothing to export.
 */
export async function* readSftRows(directory: string): AsyncGenerator<SftSource> {
  const kept = join(directory, 'rows.jsonl');
  if (existsSync(kept)) {
    for await (const { text, line } of readLines(kept)) if (text.trim() !== '') yield parseRow(text, { kept, line });
    return;
  }
  const filtered = await readMagpieFile<MagpieRow>({ directory, type: 'filtered' }).catch(() => undefined);
  const { rows } = filtered ?? (await readMagpieFile<MagpieRow>({ directory, type: 'ins_res' }));
  const verdicts = await readVerdicts(directory);
  for (const row of checkResponses(rows, { verdicts }))
    if (row.response !== null && row.check !== 'disagrees') yield row;
}

/** The preference pairs of a run directory, as `rank` left them. Throws `InputError` where there are none. */
export async function readPreferenceRows(directory: string): Promise<readonly PreferencePair[]> {
  return (await readMagpieFile<PreferencePair>({ directory, type: 'Align' })).rows;
}

async function readVerdicts(directory: string): Promise<readonly RankVerdict[]> {
  const file = join(directory, 'ranked.jsonl');
  return existsSync(file) ? (await readJsonl<RankVerdict>({ file })).rows : [];
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
