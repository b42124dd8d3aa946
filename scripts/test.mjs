import './prepare/check-node.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';
import { startPreparing } from './prepare.mjs';
import { recordedNotebooks } from './test/notebook-steps.mjs';
import { runAtOnce } from './test/run-at-once.mjs';
import { lint, pageTypes, pythonLint, pythonTests, slowTests, stepsAtOnce, types, unitTests } from './test/steps.mjs';
import { tellResults } from './test/tell-results.mjs';

/**
 * `npm test`: everything that a change must pass on a machine without a GPU, but for the real engines. Steps run side by side, each
 * as soon as what it needs is set up, and a failed one never stops the others. The last line is `N passed, N failed`: each test
 * counts one, and so do format, types, each notebook that runs and each whose saved outputs are those of its recording.
 */
runMain(async () => {
  const startedAt = Date.now();
  const wanted = ['tests', 'library', 'training', 'notebooks'];
  const { packages, library, training, notebooks } = startPreparing({ wanted, keepGoing: true });
  const step = showSteps({ write: (line) => process.stdout.write(`${line}\n`), heartbeatMs: 30_000 });
  const after = (ground, steps) => steps.map(({ title, run }) => ({ title, after: ground, run: () => run(step) }));
  const results = await runAtOnce(
    [
      ...after(packages, [lint, types, pageTypes]),
      ...after(library, [slowTests]),
      ...after(packages, [unitTests()]),
      ...after(training, [pythonTests, pythonLint]),
      ...after(notebooks, recordedNotebooks()),
    ],
    { atOnce: stepsAtOnce },
  );
  return tellResults(results, { startedAt });
});
