/** `npm run test:nightly [-- PART]`: what takes too long for each change, one step after the other. */

import './prepare/check-node.mjs';
import { trainingVenv } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';
import { startPreparing } from './prepare.mjs';
import { engineSteps, startPreparingEngines } from './test/engine-steps.mjs';
import { liveNotebooks } from './test/notebook-steps.mjs';
import { runAtOnce } from './test/run-at-once.mjs';
import { describeResult } from './test/run-step.mjs';
import { pytest, vitest } from './test/steps.mjs';
import { tellResults } from './test/tell-results.mjs';

/** All places of each, unless fewer are asked for. */
const everyCut = { MATHPIE_POWER_CUTS: process.env.MATHPIE_POWER_CUTS ?? '200' };

/** vLLM's build for CPUs is made for these alone; elsewhere the commands that need no Python are killed. */
const hasEngines = process.platform === 'linux' && process.arch === 'x64';
const withoutPython =
  'magpie run,run-recipe,evaluate,augment,evaluate on pocket,magpie instruct on pocket,grade,problems pocket,import';

/** One step after the other: each of these wants all processors, or is about moments. */
const parts = {
  kills: () => ({
    ground: startPreparing({ wanted: ['tests', 'library'] }).library,
    steps: [
      vitest('Fifty kills', { name: 'nightly', args: ['--config', 'vitest.nightly.config.ts', 'src/runs/kill'] }),
    ],
  }),
  whole: () => ({
    ground: startPreparing({ wanted: ['tests', 'library'] }).library,
    steps: [
      vitest('Model, process and command-line tests, whole', {
        name: 'whole',
        args: ['--project', 'slow', '--testTimeout', '600000'],
        env: { MATHPIE_WHOLE: '1' },
      }),
    ],
  }),
  reliability: () => ({
    ground: Promise.all([
      ...Object.values(startPreparing({ wanted: ['tests', 'library', 'training'] })),
      ...(hasEngines ? [startPreparingEngines()] : []),
    ]),
    steps: [
      pytest('Power cuts in python-gpu', {
        name: 'power-cuts',
        venv: trainingVenv,
        files: 'test_power_cuts.py',
        env: everyCut,
      }),
      pytest('Power cuts of embeddings', {
        name: 'embed-cuts',
        venv: trainingVenv,
        files: 'test_embed.py',
        env: everyCut,
      }),
      vitest('Power cuts between files', {
        name: 'power-pairs',
        args: ['--project', 'slow', 'src/storage/power-pairs', '--testTimeout', '3600000'],
        env: everyCut,
      }),
      vitest('GGUF files made to deceive', {
        name: 'ggufs',
        args: ['--config', 'vitest.nightly.config.ts', 'src/cli/hostile-ggufs'],
        env: { MATHPIE_GGUFS: process.env.MATHPIE_GGUFS ?? '483' },
      }),
      vitest('Kills and full disks', {
        name: 'disturbed',
        args: ['--config', 'vitest.nightly.config.ts', 'src/cli/disturbed-runs', '-t', 'each (kill|full)'],
      }),
      vitest('Power cuts in run directories', {
        name: 'disturbed-power',
        args: ['--config', 'vitest.nightly.config.ts', 'src/cli/disturbed-runs', '-t', 'each power'],
        env: { MATHPIE_DISTURBED: process.env.MATHPIE_DISTURBED ?? '0' },
      }),
      vitest('Kills at random moments, of every command', {
        name: 'random-kills',
        args: ['--config', 'vitest.nightly.config.ts', 'src/cli/random-kills'],
        env: {
          MATHPIE_KILLS: process.env.MATHPIE_KILLS ?? '98',
          ...(hasEngines ? {} : { MATHPIE_KILLS_COMMAND: withoutPython }),
        },
      }),
      vitest('Budgets, containers and faults', {
        name: 'reliability',
        args: ['--project', 'slow', 'src/cli/budget', 'src/storage/containers', 'src/runs/faults', 'src/runs/kill'],
        env: { MATHPIE_FAULTS: process.env.MATHPIE_FAULTS ?? '100000' },
      }),
    ],
  }),
  notebooks: () => {
    const { library, notebooks, training } = startPreparing({ wanted: ['tests', 'library', 'notebooks', 'training'] });
    const onServer = vitest('Demos on a server that is pocket by another name', {
      name: 'demos',
      args: ['--config', 'vitest.nightly.config.ts', 'src/cli/demo-on-a-server'],
    });
    const stopButton = vitest('The stop button in a browser', {
      name: 'stop-button',
      args: ['--config', 'vitest.nightly.config.ts', 'scripts/kernel/stop-button'],
    });
    return { ground: Promise.all([library, notebooks, training]), steps: [...liveNotebooks(), onServer, stopButton] };
  },
  installed: () => ({
    ground: Promise.all(Object.values(startPreparing({ wanted: ['tests', 'library', 'training'] }))),
    steps: [
      vitest('The package, installed from its tarball', {
        name: 'package-install',
        args: ['--config', 'vitest.nightly.config.ts', 'src/package-install'],
      }),
      vitest('What the set-up weighs', {
        name: 'weight',
        args: ['--config', 'vitest.nightly.config.ts', 'scripts/prepare/weight'],
      }),
      vitest('TRL on exported sets', {
        name: 'trl',
        args: ['--config', 'vitest.nightly.config.ts', 'src/export/trl-trains'],
      }),
    ],
  }),
  engines: () => ({
    ground: Promise.all([startPreparingEngines(), startPreparing({ wanted: ['tests', 'library'] }).library]),
    steps: Object.values(engineSteps({ isNightly: true })),
  }),
};

/**
 * `npm run test:nightly [-- kills reliability notebooks installed engines]`: what takes too long for each change. Tells minutes and counts of each part;
 * the last line is `N passed, N failed`.
 */
runMain(async () => {
  const startedAt = Date.now();
  const words = process.argv.slice(2);
  const unknown = words.find((word) => !(word in parts));
  if (unknown !== undefined) {
    process.stderr.write(`Cannot run the part "${unknown}": choose of ${Object.keys(parts).join(', ')}\n`);
    return 2;
  }
  const step = showSteps({ write: (line) => process.stdout.write(`${line}\n`), heartbeatMs: 60_000 });
  const results = [];
  for (const name of Object.keys(parts).filter((part) => words.length === 0 || words.includes(part))) {
    const partStartedAt = Date.now();
    const { ground, steps } = parts[name]();
    const own = await runAtOnce(
      steps.map(({ title, run }) => ({ title, after: ground, run: () => run(step) })),
      { atOnce: 1 },
    );
    results.push(...own);
    const { told } = describeResult(sum(own));
    process.stdout.write(`${name}: ${told} in ${((Date.now() - partStartedAt) / 60_000).toFixed(1)} minutes\n\n`);
  }
  return tellResults(results, { startedAt });
});

const sum = (results) => ({
  passed: results.reduce((total, { passed }) => total + passed, 0),
  failed: results.reduce((total, { failed }) => total + failed, 0),
});
