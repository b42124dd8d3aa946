import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { latestArtifact, listArtifacts } from '../../runs/artifacts.js';
import { readFailure } from '../../storage/storage-failure.js';

/** A file of rows; `name` is what the user called it. */
export type RowSource = { readonly name: string; readonly file: string; readonly bytes: number };

/**
 * The files behind run directories of `augment` (all graded rows where they are there, so that yields can be counted, else the kept
 * ones) and the data files named beside them. Throws `InputError` for a run that is absent or has no rows.
 */
export async function findSources({
  runs,
  files,
}: {
  runs: readonly string[];
  files: readonly string[];
}): Promise<RowSource[]> {
  if (runs.length + files.length === 0) {
    throw new InputError(`Cannot assemble: no rows are named; give ${named('runs')} DIR or ${named('files')} FILE`);
  }
  const sources: RowSource[] = [];
  for (const run of runs) sources.push({ name: run, ...(await sizeOf(await findRows(run))) });
  for (const file of files) sources.push({ name: file, ...(await sizeOf(file)) });
  return sources;
}

/** What `augment` left there; of a directory that lacks its manifest, by the names that its files always have. */
export async function findRows(run: string): Promise<string> {
  const left = latestArtifact(await listArtifacts(run), ['grown', 'kept'])?.file;
  const names = left === undefined ? ['graded.jsonl', 'rows.jsonl'] : [left];
  const found = names.map((name) => join(run, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const state = existsSync(run)
    ? 'it holds no rows yet, let mathpie augment finish in it'
    : 'there is no such directory';
  throw new InputError(`Cannot assemble run ${run}: ${state}; check ${named('runs')}`);
}

async function sizeOf(file: string): Promise<{ file: string; bytes: number }> {
  try {
    const { size } = await stat(file);
    return { file, bytes: size };
  } catch (error) {
    throw readFailure(file, error);
  }
}
