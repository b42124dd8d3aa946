import { readdir } from 'node:fs/promises';
import type { Run } from '../../runs/open-run.js';
import { magpieFileName, siblingFileName } from './magpie-file.js';

/** The file of a later step: named after the run's instructions, or after the model where the problems came from elsewhere. */
export async function outputName({
  run,
  model,
  count,
  type,
}: {
  run: Run;
  model: string;
  count: number;
  type: string;
}): Promise<string> {
  const names = await readdir(run.directory).catch(() => [] as string[]);
  const instructions = names
    .filter((name) => /^Magpie_.+_ins\.json$/.test(name))
    .sort()
    .at(-1);
  if (instructions !== undefined) return siblingFileName(instructions, type);
  return magpieFileName({ model, count, startedAt: new Date(run.startedAt), type });
}
