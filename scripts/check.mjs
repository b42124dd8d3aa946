import './prepare/check-node.mjs';
import { availableParallelism } from 'node:os';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';
import { startPreparing } from './prepare.mjs';
import { runAtOnce } from './test/run-at-once.mjs';
import { lint, pageTypes, stepsAtOnce, types, unitTests } from './test/steps.mjs';
import { tellResults } from './test/tell-results.mjs';

/**
 * `npm run check`: format, lint, types and the tables of facts, with nothing of Python. The last line is `N passed, N failed`.
 */
runMain(async () => {
  const startedAt = Date.now();
  const { packages } = startPreparing({ wanted: ['tests'] });
  const step = showSteps({ write: (line) => process.stdout.write(`${line}\n`), heartbeatMs: 30_000 });
  const steps = [types, pageTypes, unitTests({ workers: availableParallelism() }), lint].map(({ title, run }) => ({
    title,
    after: packages,
    run: () => run(step),
  }));
  return tellResults(await runAtOnce(steps, { atOnce: stepsAtOnce }), { startedAt });
});
