import './prepare/check-node.mjs';
import { mkdirSync } from 'node:fs';
import { findPython } from './prepare/find-python.mjs';
import { holdLock } from './prepare/hold-lock.mjs';
import { isVenvReady, makeVenv } from './prepare/make-venv.mjs';
import { enginesVenv, inCache, inRoot, venvPython } from './prepare/paths.mjs';
import { runMain, SetupError } from './prepare/setup-error.mjs';
import { showSteps } from './prepare/show-steps.mjs';
import { allSettledOrThrow, prepare } from './prepare.mjs';
import { readPytestReport } from './test/read-pytest-report.mjs';
import { readVitestReport } from './test/read-vitest-report.mjs';
import { runStep } from './test/run-step.mjs';

const environment = {
  venv: enginesVenv,
  lock: 'python-gpu/requirements-engines.txt',
  bareLock: 'python-gpu/requirements-engines.no-deps.txt',
};

/**
 * `npm run test:engines [-- python | typescript]`: what needs the real engines on a CPU (vLLM, Ray, torch with gloo) in an
 * environment of its own, `.venv-engines`. Linux on x86-64 alone: there is no vLLM for other processors' CPUs on the index.
 * The last line is `N passed, N failed`.
 */
runMain(async () => {
  const startedAt = Date.now();
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Cannot test the engines: vLLM's build for CPUs is made for Linux on x86-64 and this is ${process.platform} on ${process.arch}; use "npm test"`,
    );
  }
  await allSettledOrThrow([prepare(), prepareEngines()]);
  mkdirSync(inCache('test'), { recursive: true });

  // Most of a test is an engine that starts, on one processor: side by side the halves take two thirds of the time.
  const wanted = process.argv.slice(2);
  const halves = [runPython, runTypeScript].filter(
    (_, index) => wanted.length === 0 || wanted.includes(['python', 'typescript'][index]),
  );
  const results = await Promise.all(halves.map((run, index) => run({ isHeldBack: index > 0 })));

  const passed = results.reduce((total, result) => total + result.passed, 0);
  const failed = results.reduce((total, result) => total + result.failed, 0);
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  const failures = results.filter((result) => result.failed > 0).map((result) => result.title);
  process.stdout.write(`\n${minutes} minutes${failures.length > 0 ? `; failed: ${failures.join(', ')}` : ''}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
});

function prepareEngines() {
  return holdLock(inCache('prepare-engines.lock'), async () => {
    if (isVenvReady(environment)) return;
    const python = await findPython();
    await showSteps()('Installing vLLM, Ray and PyTorch into .venv-engines', (start) =>
      makeVenv(start, { ...environment, python }),
    );
  });
}

function runPython({ isHeldBack }) {
  const report = inCache('test', 'pytest-engines.xml');
  return runStep('Python tests on the real engines', {
    isHeldBack,
    command: [venvPython(enginesVenv)],
    args: [
      ...'-m pytest -q -m engines -c python-gpu/pyproject.toml python-gpu/tests'.split(' '),
      `--junitxml=${report}`,
    ],
    env: quiet,
    report,
    read: readPytestReport,
  });
}

function runTypeScript({ isHeldBack }) {
  const report = inCache('test', 'vitest-engines.json');
  return runStep('TypeScript tests on the real engines', {
    isHeldBack,
    command: [process.execPath, inRoot('node_modules', 'vitest', 'vitest.mjs')],
    args: [
      ...'run --config vitest.engines.config.ts --reporter=default --reporter=json'.split(' '),
      `--outputFile.json=${report}`,
    ],
    env: { ...quiet, MATHPIE_PYTHON: venvPython(enginesVenv) },
    report,
    read: readVitestReport,
  });
}

const quiet = { HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false', OMP_NUM_THREADS: '1', VLLM_NO_USAGE_STATS: '1' };
