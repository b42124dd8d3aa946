import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { packagePath } from '../../package-root.js';

/** The Python of the engines: MATHPIE_PYTHON, or the environment that `npm run test:engines` makes. */
export function enginesPython(): string {
  const python = process.env.MATHPIE_PYTHON ?? packagePath('.venv-engines', 'bin', 'python');
  if (!existsSync(python)) throw new Error(`Cannot test the engines: there is no ${python}; run npm run test:engines`);
  return python;
}

/**
 * What the CPU engines need to be told; small, so that two of them fit. One process starts in a quarter of the time that vLLM's
 * usual two take; `npm run test:nightly -- engines` sets it to 1 and has both.
 */
export const enginesEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  MATHPIE_PYTHON: enginesPython(),
  HF_HUB_OFFLINE: '1',
  VLLM_CPU_KVCACHE_SPACE: '1',
  VLLM_NO_USAGE_STATS: '1',
  VLLM_ENABLE_V1_MULTIPROCESSING: process.env.VLLM_ENABLE_V1_MULTIPROCESSING ?? '0',
});

/** Writes the embedded model as a checkpoint of transformers. */
export function writePocketCheckpoint(folder: string): void {
  const gguf = packagePath('data', 'pocket', 'pocket.gguf');
  execFileSync(enginesPython(), [packagePath('python-gpu', 'import_gguf.py'), '--gguf', gguf, '--out', folder]);
}
