import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '../storage/hash-file.js';
import { type Artifact, findManifest, putArtifacts } from './artifacts.js';
import { packageVersion, type RunConfig } from './run-config.js';
import type { JsonValue, RunRecord } from './run-record.js';
import { setAsideName } from './set-aside-failed.js';
import { spendingFile } from './spending.js';

export type StageCounts = {
  readonly done: number;
  readonly failed: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** How many of those were thought; absent where none were. */
  readonly thinkingTokens?: number;
};

/** What `manifest.json` holds. A stage is complete when it stands under `finished`. */
export type RunManifest = {
  readonly mathpie: string;
  readonly node: string;
  readonly startedAt: string;
  readonly stages: { readonly [stage: string]: StageCounts };
  readonly finished: {
    readonly [stage: string]: {
      readonly finishedAt: string;
      /** Milliseconds of the session that finished the stage (earlier, interrupted sessions not counted). */
      readonly elapsedMs: number;
      readonly summary: { readonly [field: string]: JsonValue };
    };
  };
  /** The rows that stages left here, in the order in which the stages finished first; absent in manifests of versions before 0.2. */
  readonly artifacts?: readonly Artifact[];
  /** SHA-256 of every derived file. */
  readonly files: { readonly [name: string]: string };
};

const ownFiles = new Set(['config.json', 'records.jsonl', 'manifest.json', spendingFile, setAsideName]);

/** What a run itself consists of, beside what steps derive. */
export function isOwnFile(name: string): boolean {
  return ownFiles.has(name);
}

export async function buildManifest({
  directory,
  stage,
  config,
  openedAt,
  now,
  stages,
  summary,
  made,
}: {
  directory: string;
  stage: string;
  config: RunConfig;
  openedAt: Date;
  now: Date;
  stages: ReadonlyMap<string, ReadonlyMap<string, RunRecord>>;
  summary: { readonly [field: string]: JsonValue };
  /** What the stage left. */
  made: readonly Artifact[];
}): Promise<RunManifest> {
  const earlier = await findManifest(directory);
  const elapsedMs = Math.round(now.getTime() - openedAt.getTime());
  return {
    mathpie: packageVersion(),
    node: process.versions.node,
    startedAt: config.startedAt,
    stages: Object.fromEntries([...stages].filter(([, records]) => records.size > 0).map(countStage)),
    finished: { ...earlier?.finished, [stage]: { finishedAt: now.toISOString(), elapsedMs, summary } },
    artifacts: putArtifacts(earlier?.artifacts ?? [], { stage, made }),
    files: await hashDerivedFiles(directory),
  };
}

function countStage([stage, records]: readonly [string, ReadonlyMap<string, RunRecord>]): [string, StageCounts] {
  const all = [...records.values()];
  const failed = all.filter(({ status }) => status === 'failed').length;
  const sum = (field: string): number => all.reduce((total, record) => total + (Number(record[field]) || 0), 0);
  const thinkingTokens = sum('thinkingTokens');
  const counts = {
    done: all.length - failed,
    failed,
    promptTokens: sum('promptTokens'),
    completionTokens: sum('completionTokens'),
  };
  return [stage, thinkingTokens > 0 ? { ...counts, thinkingTokens } : counts];
}

async function hashDerivedFiles(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !isOwnFile(entry.name))
    .map(({ name }) => name)
    .sort();
  const hashes: Record<string, string> = {};
  for (const name of names) hashes[name] = await hashFile(join(directory, name));
  return hashes;
}
