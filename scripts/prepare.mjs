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
 * Makes a fresh clone ready, and a prepared one ready again: npm packages, dist/, and `.venv` with JupyterLab and our kernel. Each
 * step looks at what is there and does only what is missing, so a second call takes a fraction of a second and a broken or
 * half-made folder heals.
 */
export async function prepare({ wanted = ['library', 'notebooks'] } = {}) {
  await allSettledOrThrow(Object.values(startPreparing({ wanted })));
}

/**
 * The same, with a promise for each part that is wanted, so that work can begin on the first while the others are made:
 * `packages` (npm; with those of tests where `tests` is wanted too), `library` (and dist/), `notebooks` (`.venv` and the kernel), `training` (`.venv-gpu`, for tests). With
 * `keepGoing` a failed build is told and is no end of `library`: tests then show what is wrong.
 */
export function startPreparing({ wanted, keepGoing = false }) {
  const step = showSteps();
  const environments = [
    { part: 'notebooks', what: 'JupyterLab into .venv', venv: notebookVenv, lock: notebookLock },
    { part: 'training', what: 'PyTorch for tests into .venv-gpu', venv: trainingVenv, lock: trainingLock },
  ].filter(({ part }) => wanted.includes(part));
  const parts = {};
  const promises = Object.fromEntries(
    ['packages', ...(wanted.includes('library') ? ['library'] : []), ...environments.map(({ part }) => part)].map(
      (part) => [
        part,
        new Promise((resolve, reject) => {
          parts[part] = { resolve, reject };
        }),
      ],
    ),
  );

  const makeLibrary = async () => {
    const withTests = wanted.includes('tests');
    await step('Installing npm packages', (start) => installPackages(start, { withTests }));
    parts.packages.resolve();
    if (!wanted.includes('library')) return;
    await step('Building the library', buildLibrary).catch((error) => {
      if (!keepGoing) throw error;
      process.stderr.write(`${error.message}\n`);
    });
    parts.library.resolve();
  };
  const makeVenvs = async (python) => {
    for (const { part, what, ...environment } of environments) {
      if (!isVenvReady(environment)) {
        await step(`Installing ${what}`, (start) => makeVenv(start, { ...environment, python }));
      }
      if (part === 'notebooks') writeKernelSpec();
      parts[part].resolve();
    }
  };
  holdLock(inCache('prepare.lock'), async () => {
    // Who lacks Python should learn it now, and not after a minute of npm.
    const isPythonWanted = environments.some((environment) => !isVenvReady(environment));
    const python = isPythonWanted ? await findPython() : undefined;
    // npm and pip wait for the network most of the time: side by side they take little longer than the slower one.
    await allSettledOrThrow([makeLibrary(), makeVenvs(python)]);
  }).catch((error) => {
    // What was made before stands.
    for (const { reject } of Object.values(parts)) reject(error);
  });
  // Who asks for one part alone does not hear of the others.
  for (const promise of Object.values(promises)) promise.catch(() => undefined);
  return promises;
}

/** Lets the other step end before the first error is told, so that nothing is left running behind the message. */
export async function allSettledOrThrow(promises) {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startedAt = Date.now();
  runMain(async () => {
    await prepare(process.argv.includes('--tests') ? { wanted: ['tests', 'library', 'notebooks', 'training'] } : {});
    process.stderr.write(`Ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  });
}
