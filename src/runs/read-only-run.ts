import { listArtifacts } from './artifacts.js';
import { countCalls } from './count-calls.js';
import type { Run } from './open-run.js';
import { readRunConfig } from './run-config.js';

/**
 * A run directory for who reads it and leaves it as it is; without a directory, rows of files. Writing to it is a fault of the program.
 */
export async function readOnlyRun(directory: string | undefined): Promise<Run> {
  const artifacts = directory === undefined ? [] : await listArtifacts(directory);
  const config = directory === undefined ? undefined : await readRunConfig(directory);
  const refuse = (): never => {
    throw new TypeError('A run that is only read was written to');
  };
  return {
    directory: directory ?? '.',
    startedAt: config?.startedAt ?? new Date(0).toISOString(),
    seed: config?.seed ?? 0,
    records: () => new Map(),
    artifacts: () => artifacts,
    append: refuse,
    setAside: refuse,
    calls: countCalls(),
    leave: refuse,
    keep: refuse,
    writeFile: refuse,
    writeRows: refuse,
    finish: refuse,
    close: async () => undefined,
  };
}
