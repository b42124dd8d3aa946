import { fetchSmollm2 } from '../models/fetch-smollm2.mjs';
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

/** `.venv-engines`, and a small real model, where they are not there yet. Throws SetupError where no engine can be. */
export function startPreparingEngines() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Cannot test the engines: vLLM's build for CPUs is made for Linux on x86-64 and this is ${process.platform} on ${process.arch}; use "npm test"`,
    );
  }
  return holdLock(inCache('prepare-engines.lock'), async () => {
    const python = await findPython();
    const lacking = await fetchSmollm2(python);
    if (lacking !== undefined) process.stdout.write(`${lacking}; its tests are skipped\n`);
    if (isVenvReady(environment)) return;
    await showSteps()('Installing vLLM, Ray and PyTorch into .venv-engines', (start) =>
      makeVenv(start, { ...environment, python }),
    );
  });
}

/**
 * The two halves of what needs real engines. A change can wait for engines in the process that starts them; at night
 * (`isNightly`) they have processes of their own, as they have for users, and the long tests of python-gpu run.
 */
export function engineSteps({ isNightly }) {
  const env = { OMP_NUM_THREADS: '1', VLLM_NO_USAGE_STATS: '1' };
  const [name, more] = isNightly ? ['engines-nightly', ', at night'] : ['engines', ''];
  return {
    python: pytest(`Python tests on the real engines${more}`, {
      name: `pytest-${name}`,
      venv: enginesVenv,
      marks: isNightly ? 'nightly' : 'engines and not nightly',
      env,
    }),
    typescript: vitest(`TypeScript tests on the real engines${more}`, {
      name,
      args: ['--config', 'vitest.engines.config.ts'],
      env: {
        ...env,
        HF_HUB_OFFLINE: '1',
        TOKENIZERS_PARALLELISM: 'false',
        MATHPIE_PYTHON: venvPython(enginesVenv),
        VLLM_ENABLE_V1_MULTIPROCESSING: isNightly ? '1' : '0',
      },
    }),
  };
}
