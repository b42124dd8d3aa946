import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonl, requireFields } from '../storage/read-jsonl.js';
import { listArtifacts } from './artifacts.js';
import { countCalls, isPassing } from './count-calls.js';
import type { Run } from './open-run.js';
import type { RunPlan } from './plan-stage.js';
import { resolveRunConfig, type StageConfig } from './run-config.js';
import type { RunRecord } from './run-record.js';

/**
 * A run that is only planned: it reads what the directory holds, takes no lock and writes nothing. Throws `StorageError`
 * where the directory holds the same stage with another configuration, as opening it would.
 */
export async function planRun({
  directory,
  stage,
  config,
  isProbing,
  isCached,
}: {
  readonly directory: string;
  readonly stage: string;
  readonly config: StageConfig;
  readonly isProbing: boolean;
  readonly isCached?: RunPlan['isCached'];
}): Promise<Run & { readonly plan: RunPlan }> {
  const { resolved } = await resolveRunConfig({ directory, stage, config, now: () => new Date() });
  const stages = await readEarlier(join(directory, 'records.jsonl'));
  const artifacts = await listArtifacts(directory);
  const dataset = typeof config.dataset === 'string' ? config.dataset : undefined;
  const seed = resolved.stages[stage]?.seed;
  const toPath = async (name: string): Promise<string> => join(directory, name);
  return {
    directory,
    startedAt: resolved.startedAt,
    seed: typeof seed === 'number' ? seed : resolved.seed,
    records: (name) => stages.get(name) ?? new Map(),
    append: async () => undefined,
    setAside: async () => undefined,
    calls: countCalls(),
    artifacts: () => artifacts,
    leave: async ({ file }) => file,
    keep: () => undefined,
    writeFile: toPath,
    writeRows: toPath,
    finish: async () => undefined,
    close: async () => undefined,
    plan: { isProbing, isCached, dataset, stages: [] },
  };
}

/** A last line that is being written at this moment does not count. */
async function readEarlier(file: string): Promise<ReadonlyMap<string, ReadonlyMap<string, RunRecord>>> {
  const stages = new Map<string, Map<string, RunRecord>>();
  if (!existsSync(file)) return stages;
  const check = requireFields<RunRecord>(['id', 'stage', 'input', 'sample', 'status']);
  const { rows } = await readJsonl({ file, check, skipBad: true });
  for (const record of rows) {
    // It would be asked for again
    if (isPassing(record)) continue;
    const records = stages.get(record.stage) ?? new Map<string, RunRecord>();
    stages.set(record.stage, records.set(record.id, record));
  }
  return stages;
}
