import type { Run } from '../../runs/open-run.js';
import { magpieFileName, siblingFileName } from './magpie-file.js';

/**
 * The published name of a later step's rows, `Magpie_{model}_{count}_{timestamp}_{type}.json`: named after the run's instructions, or after the
 * model where the problems came from elsewhere.
 */
export function outputName({
  run,
  model,
  count,
  type,
}: {
  run: Pick<Run, 'artifacts' | 'startedAt'>;
  model: string;
  count: number;
  type: string;
}): string {
  const drawn = run.artifacts().find(({ name, stage }) => name === 'instructions' && stage === 'instruct');
  if (drawn !== undefined) return siblingFileName(drawn.file, type);
  return magpieFileName({ model, count, startedAt: new Date(run.startedAt), type });
}
