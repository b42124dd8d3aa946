import { openRun, type Run } from './open-run.js';
import type { StageConfig } from './run-config.js';

/** Opens a run directory for a stage and closes it however the work ends. */
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
