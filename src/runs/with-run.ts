import { openRun, type Run } from './open-run.js';
import type { StageConfig } from './run-config.js';

/**
 * Opens a run directory for a stage and closes it however the work ends. Throws what `openRun` throws.
 *
 * @example await withRun({ directory: 'runs/first', stage: 'respond', config: { seed: 7 } }, (run) => respond({ run, model, instructions }));
 */
export async function withRun<Result>(
  options: { readonly directory: string; readonly stage: string; readonly config: StageConfig },
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const run = await openRun(options);
  try {
    return await work(run);
  } finally {
    await run.close();
  }
}
