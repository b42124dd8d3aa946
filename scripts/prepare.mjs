import './prepare/check-node.mjs';
import { pathToFileURL } from 'node:url';
import { buildLibrary } from './prepare/build-library.mjs';
import { findPython } from './prepare/find-python.mjs';
import { holdLock } from './prepare/hold-lock.mjs';
import { installPackages } from './prepare/install-packages.mjs';
import { isVenvReady, makeVenv } from './prepare/make-venv.mjs';
import { inCache, notebookVenv, trainingVenv } from './prepare/paths.mjs';
import { runMain } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';
import { writeKernelSpec } from './prepare/write-kernel-spec.mjs';

const notebookLock = 'python-gpu/requirements-notebook.txt';
const trainingLock = 'python-gpu/requirements-cpu.txt';

/**
 * Makes a fresh clone ready, and a prepared one ready again: npm packages, dist/, `.venv` with JupyterLab and our kernel,
 * and for tests (`forTests`) `.venv-gpu`. Each step looks at what is there and does only what is missing, so a second call
 * takes a fraction of a second and a broken or half-made folder heals.
 *
 * With `keepGoing` a failed build is returned instead of thrown, so that a test run can count it and go on.
 */
export async function prepare({ forTests = false, keepGoing = false } = {}) {
  const step = showSteps();
  return holdLock(inCache('prepare.lock'), async () => {
    const notebooks = { venv: notebookVenv, lock: notebookLock };
    const training = { venv: trainingVenv, lock: trainingLock };
    const wanted = forTests ? [notebooks, training] : [notebooks];
    const missing = wanted.filter((environment) => !isVenvReady(environment));
    // Who lacks Python should learn it now, and not after a minute of npm.
    const python = missing.length > 0 ? await findPython() : undefined;

    let buildError;
    const makeLibrary = async () => {
      await step('Installing npm packages', installPackages);
      await step('Building the library', buildLibrary).catch((error) => {
        if (!keepGoing) throw error;
        buildError = error;
      });
    };
    const makeVenvs = async () => {
      for (const environment of missing) {
        const what = environment === notebooks ? 'JupyterLab into .venv' : 'PyTorch for tests into .venv-gpu';
        await step(`Installing ${what}`, (start) => makeVenv(start, { ...environment, python }));
      }
    };
    // npm and pip wait for the network most of the time: side by side they take little longer than the slower one.
    await allSettledOrThrow([makeLibrary(), makeVenvs()]);
    writeKernelSpec();
    return { buildError };
  });
}

/** Lets the other step end before the first error is told, so that nothing is left running behind the message. */
export async function allSettledOrThrow(promises) {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startedAt = Date.now();
  runMain(async () => {
    await prepare({ forTests: process.argv.includes('--tests') });
    process.stderr.write(`Ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  });
}
