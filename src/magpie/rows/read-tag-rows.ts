import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { findRows } from './find-rows.js';
import { rowTexts } from './row-texts.js';

/**
 * The rows to tag and the type of the file that they go to: of the given files, or of the last step that a run directory holds. A file that
 * was tagged before goes first, so that one mission adds to another.
 */
export async function readTagRows({
  files,
  directory,
  type,
}: {
  files: readonly string[];
  directory: string;
  type?: string | undefined;
}): Promise<{ readonly rows: readonly JsonObject[]; readonly type: string }> {
  const types = type === undefined ? await stepTypes(directory) : [type];
  const found = await findRows({ files, directory: files.length > 0 ? undefined : directory, types });
  const base = found.type ?? typeOf(files[0] ?? '', found.rows);
  return { rows: found.rows, type: base.endsWith('_tagged') ? base : `${base}_tagged` };
}

/** Rows with a solution go before candidates, which bring several, and those before bare problems. */
async function stepTypes(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const candidates = names.flatMap((name) => /_(ins_[0-9]+res(?:_scored)?)\.json$/.exec(name)?.[1] ?? []);
  const steps = ['ins_res_distinct', 'ins_res', ...new Set(candidates.sort().reverse()), 'ins_distinct', 'ins'];
  return steps.flatMap((step) => [`${step}_tagged`, step]);
}

/** As the file's own name has it. */
function typeOf(file: string, rows: readonly JsonObject[]): string {
  const named = /^Magpie_.+?_[0-9]+_[0-9]+_(.+)\.jsonl?$/.exec(basename(file))?.[1];
  if (named !== undefined) return named;
  if (rows.some((row) => rowTexts(row)?.response !== undefined)) return 'ins_res';
  const several = rows.flatMap((row) => (Array.isArray(row.responses) ? [row.responses.length] : []));
  return several.length > 0 ? `ins_${Math.max(...several)}res` : 'ins';
}
