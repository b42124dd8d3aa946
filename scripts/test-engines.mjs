import './prepare/check-node.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';
import { startPreparing } from './prepare.mjs';
import { engineSteps, startPreparingEngines } from './test/engine-steps.mjs';
import { runAtOnce } from './test/run-at-once.mjs';
import { tellResults } from './test/tell-results.mjs';

/**
 * `npm run test:engines [-- python | typescript]`: what needs the real engines on a CPU (vLLM, Ray, torch with gloo) in an
 * environment of its own, `.venv-engines`. Linux on x86-64 alone: there is no vLLM for other processors' CPUs on the index.
 * The last line is `N passed, N failed`.
 */
runMain(async () => {
  const startedAt = Date.now();
  const engines = startPreparingEngines();
  const { library } = startPreparing({ wanted: ['tests', 'library'] });
  const step = showSteps({ write: (line) => process.stdout.write(`${line}\n`), heartbeatMs: 30_000 });
  // Most of a test is an engine that starts, on one processor: side by side the halves take two thirds of the time.
  const wanted = process.argv.slice(2);
  const steps = Object.entries(engineSteps({ isNightly: false }))
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .map(([, { title, run }]) => ({ title, after: Promise.all([engines, library]), run: () => run(step) }));
  return tellResults(await runAtOnce(steps, { atOnce: steps.length }), { startedAt });
});
