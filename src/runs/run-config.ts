import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import { named } from '../name-setting.js';
import { packagePath } from '../package-root.js';
import { errorCode, storageFailure } from '../storage/storage-failure.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { describeDifference } from './describe-difference.js';
import type { JsonValue } from './run-record.js';

export type StageConfig = { readonly [field: string]: JsonValue };

/** What `config.json` of a run directory holds. */
export type RunConfig = {
  /** Version of this package that started the run. */
  readonly mathpie: string;
  readonly node: string;
  /** ISO 8601; stays the same however often the run is continued. */
  readonly startedAt: string;
  readonly seed: number;
  /** The resolved configuration of each stage that ran here. */
  readonly stages: { readonly [stage: string]: StageConfig };
};

/**
 * Reads `config.json` of a run directory, or starts one, and adds the stage's configuration where the stage is new
 * there. `save` writes it: call it before the first record, so that a session that made nothing (a model that does not
 * answer, say) binds nobody to its configuration. Throws `StorageError` with the fields that differ when the stage was started with another configuration.
 * Call it under the directory's lock.
 */
export async function resolveRunConfig({
  directory,
  stage,
  config,
  now,
}: {
  directory: string;
  stage: string;
  config: StageConfig;
  now: () => Date;
}): Promise<{ resolved: RunConfig; save: () => Promise<void> }> {
  const file = join(directory, 'config.json');
  // Through JSON and back, so that what is compared is what a file can hold (no undefined, no -0).
  const wanted: StageConfig = JSON.parse(JSON.stringify(config));
  const existing = await readRunConfig(directory);
  const earlier = existing?.stages[stage];
  if (existing !== undefined && earlier !== undefined) {
    // Settings in the caller's words; none are which stages the rows are from, and what a filter's settings come to
    const differences = describeDifference(earlier, wanted).map((difference) =>
      difference.replace(/^(?!takes\b|rules\b)\w+/, named),
    );
    if (differences.length === 0) return { resolved: existing, save: async () => undefined };
    throw new StorageError(
      `Cannot continue ${directory}: stage "${stage}" was started with another configuration (was → now: ${differences.join(', ')}); use the earlier values, or another run directory`,
    );
  }
  const resolved: RunConfig = {
    mathpie: packageVersion(),
    node: process.versions.node,
    startedAt: now().toISOString(),
    seed: typeof wanted.seed === 'number' ? wanted.seed : 0,
    ...existing,
    stages: { ...existing?.stages, [stage]: wanted },
  };
  let saved: Promise<void> | undefined;
  const save = (): Promise<void> => {
    saved ??= writeAtomic(file, `${JSON.stringify(resolved, null, 2)}\n`);
    return saved;
  };
  return { resolved, save };
}

/** `config.json` of a run directory; undefined where there is none. Throws `StorageError` for a file that is something else. */
export async function readRunConfig(directory: string): Promise<RunConfig | undefined> {
  const file = join(directory, 'config.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined; // opening it says what is wrong
    throw storageFailure(`read ${file}`, error);
  }
  if (text.replaceAll('\0', '').trim() === '') {
    const records = await stat(join(directory, 'records.jsonl')).catch(() => undefined);
    if (records === undefined || records.size === 0) return undefined;
    throw new StorageError(
      `Cannot continue the run of ${file}: it is empty, and nothing says what the records beside it were asked with; delete it to go on with the settings of this command`,
    );
  }
  try {
    const value = JSON.parse(text);
    if (typeof value.startedAt === 'string' && isStages(value.stages)) return value;
  } catch {
    // Falls through to the one message for all that is no run configuration.
  }
  throw new StorageError(
    `Cannot continue the run of ${file}: it is not a run configuration; choose another run directory`,
  );
}

/** Each stage with its configuration, and what it took by name. */
function isStages(stages: unknown): boolean {
  const isObject = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const isStage = (stage: unknown): boolean =>
    isObject(stage) &&
    isObject((stage as { readonly takes?: unknown }).takes ?? {}) &&
    !('takes' in stage && stage.takes === null);
  return isObject(stages) && Object.values(stages).every(isStage);
}

export function packageVersion(): string {
  return JSON.parse(readFileSync(packagePath('package.json'), 'utf8')).version;
}
