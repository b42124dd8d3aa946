import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { readMagpieRows } from './read-magpie-rows.js';

/**
 * The rows of the given files, or of the newest file of the first of `types` that a run directory holds (`ins_res`, `ins`, …).
 * Throws `InputError` where neither or both are given, or the directory holds none.
 */
export async function findRows({
  files,
  directory,
  types,
}: {
  files: readonly string[];
  directory: string | undefined;
  types: readonly string[];
}): Promise<{
  readonly rows: readonly JsonObject[];
  readonly files: readonly string[];
  readonly type: string | undefined;
}> {
  if (files.length > 0 === (directory !== undefined)) {
    throw new InputError('Cannot tell which rows are meant: give either --data FILE or --run DIR');
  }
  const found = directory === undefined ? undefined : await findFile(directory, types);
  const chosen = found === undefined ? files : [found.file];
  const rows: JsonObject[] = [];
  for (const file of chosen) for await (const row of readMagpieRows(file)) rows.push(row);
  return { rows, files: chosen, type: found?.type };
}

async function findFile(directory: string, types: readonly string[]): Promise<{ file: string; type: string }> {
  const names = (await readdir(directory).catch(() => [] as string[])).sort();
  for (const type of types) {
    const name = names.findLast(
      (candidate) => /^Magpie_.+_[0-9]+_/.test(candidate) && candidate.endsWith(`_${type}.json`),
    );
    if (name !== undefined && name.replace(/^Magpie_.+?_[0-9]+_[0-9]+_/, '') === `${type}.json`) {
      return { file: join(directory, name), type };
    }
  }
  // A tagged file is one of the same step
  const steps = types.filter((type) => types.length === 1 || !type.includes('_tagged'));
  throw new InputError(
    `Cannot find a Magpie file of type ${steps.map((type) => `"${type}"`).join(' or ')} in ${directory}; run the step before it on the same --run directory, or name its type with --type`,
    { file: directory },
  );
}
