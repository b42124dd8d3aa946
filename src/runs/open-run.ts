import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import { openJsonlAppender } from '../storage/append-jsonl.js';
import { lockDirectory } from '../storage/lock-directory.js';
import { type JsonObject, readJsonl, requireFields } from '../storage/read-jsonl.js';
import { removeTemporaryFiles } from '../storage/temporary-file.js';
import { writeAtomic } from '../storage/write-atomic.js';
import { writeJsonArray } from '../storage/write-json-array.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import { type Artifact, findManifest, listArtifacts, putArtifacts } from './artifacts.js';
import { type CallCounter, countCalls } from './count-calls.js';
import type { RunPlan } from './plan-stage.js';
import { type RunConfig, resolveRunConfig, type StageConfig } from './run-config.js';
import { buildManifest } from './run-manifest.js';
import type { JsonValue, RunRecord } from './run-record.js';
import { countSetAside, moveRecords } from './set-aside-failed.js';

/**
 * An open run directory: `config.json` (resolved configuration), `records.jsonl` (append-only), derived files, and
 * `manifest.json` (written last). The directory is locked until `close`.
 */
export type Run = {
  readonly directory: string;
  /** ISO 8601; the same when the run is continued. */
  readonly startedAt: string;
  /** Of the stage that was opened; where its configuration has none, of the stage that started the directory. */
  readonly seed: number;
  /** The records of a stage by id, in the order in which they were made. Grows with `append`. */
  records(stage: string): ReadonlyMap<string, RunRecord>;
  /** Resolves when the record cannot be lost to a kill any more. A record whose id is there already is an error. */
  append(record: RunRecord): Promise<void>;
  /** Takes records away, to be asked for again; they stand in `failed-earlier.jsonl` from then on. */
  setAside(ids: ReadonlySet<string>): Promise<void>;
  /** What came of the calls of this session's stages. */
  readonly calls: CallCounter;
  /** Rows that stages left here: those of the manifest, and of this session. */
  artifacts(): readonly Artifact[];
  /**
   * Writes rows as one JSON array (`.json`) or as JSON lines and keeps them under a name that later steps find them by. Where another stage
   * has such a file already, the file's name gets a number: returns the name it has.
   */
  leave(artifact: { readonly name: string; readonly file: string }, rows: readonly object[]): Promise<string>;
  /** Keeps a file that was written already under such a name. */
  keep(artifact: Omit<Artifact, 'stage'>): void;
  /** Writes a derived file at once (temporary file and rename); returns its path. */
  writeFile(name: string, content: string): Promise<string>;
  /** The same for JSON lines, row by row: for files that would not fit in one string. */
  writeRows(name: string, rows: Iterable<object> | AsyncIterable<object>): Promise<string>;
  /** Writes `manifest.json`: counts and tokens per stage, checksums of the derived files, the given summary. */
  finish(summary: { readonly [field: string]: JsonValue }): Promise<void>;
  close(): Promise<void>;
  /** Set where the run is only planned: stages then ask for nothing and write nothing, and tell it what they would ask. */
  readonly plan?: RunPlan;
};

export type RunEffects = { readonly now: () => Date };

const defaultEffects: RunEffects = { now: () => new Date() };

/**
 * Opens a run directory for a stage, making it where it is absent and continuing it where it is not. `config` is the
 * stage's resolved configuration as plain JSON (`config.seed` seeds the run; 0 when absent). Several stages may share a
 * directory. Throws `StorageError` when the directory is locked by a living process, cannot be written, or holds the
 * same stage with another configuration.
 */
export async function openRun({
  directory,
  stage,
  config,
  effects = {},
}: {
  directory: string;
  stage: string;
  config: StageConfig;
  effects?: Partial<RunEffects>;
}): Promise<Run> {
  const { now } = { ...defaultEffects, ...effects };
  const openedAt = now();
  const lock = await lockDirectory({ directory });
  try {
    await removeTemporaryFiles(directory);
    const { resolved, save } = await resolveRunConfig({ directory, stage, config, now });
    const earlier = await listArtifacts(directory);
    const appender = await openJsonlAppender({ file: join(directory, 'records.jsonl') });
    const stages = await readRecords(appender.file).catch(async (error: unknown) => {
      await appender.close();
      throw error;
    });
    await refuseLostRecords(directory, stages).catch(async (error: unknown) => {
      await appender.close();
      throw error;
    });
    return assembleRun({ directory, stage, resolved, save, openedAt, now, lock, appender, stages, earlier });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

type Records = Map<string, Map<string, RunRecord>>;

function assembleRun({
  directory,
  stage,
  resolved,
  save,
  openedAt,
  now,
  lock,
  appender: opened,
  stages,
  earlier,
}: {
  directory: string;
  stage: string;
  resolved: RunConfig;
  save: () => Promise<void>;
  openedAt: Date;
  now: () => Date;
  lock: { release(): Promise<void> };
  appender: Awaited<ReturnType<typeof openJsonlAppender>>;
  stages: Records;
  earlier: readonly Artifact[];
}): Run {
  const made: Artifact[] = [];
  const visited = new Set<string>();
  let appender = opened;
  const isOwn = (artifact: Artifact): boolean => artifact.stage === stage;
  const keep = (artifact: Omit<Artifact, 'stage'>): void => {
    const place = made.findIndex(({ name }) => name === artifact.name);
    made.splice(place === -1 ? made.length : place, 1, { ...artifact, stage });
  };
  const stageSeed = resolved.stages[stage]?.seed;
  let closing: Promise<void> | undefined;
  return {
    directory,
    startedAt: resolved.startedAt,
    seed: typeof stageSeed === 'number' ? stageSeed : resolved.seed,
    records: (name) => {
      visited.add(name);
      return stageRecords(stages, name);
    },
    append: async (record) => {
      const known = stageRecords(stages, record.stage);
      if (known.has(record.id)) throw new RangeError(`Cannot append record ${record.id}: it is there already`);
      known.set(record.id, record);
      await save();
      await appender.append(record);
    },
    setAside: async (ids) => {
      await appender.close();
      await moveRecords(directory, ({ id }) => ids.has(id));
      appender = await openJsonlAppender({ file: join(directory, 'records.jsonl') });
      for (const records of stages.values()) for (const id of ids) records.delete(id);
    },
    calls: countCalls(),
    artifacts: () => putArtifacts(earlier, { stage, made: made.length > 0 ? made : earlier.filter(isOwn) }),
    leave: async ({ name, file }, rows) => {
      const free = freeFileName(file, { earlier, made, stage, name });
      const path = derivedFile(directory, free);
      await save();
      await (free.endsWith('.json') ? writeJsonArray({ file: path, rows }) : writeJsonl({ file: path, rows }));
      keep({ name, file: free, rows: rows.length });
      return free;
    },
    keep,
    writeFile: async (name, content) => {
      const file = derivedFile(directory, name);
      await save();
      await writeAtomic(file, content);
      return file;
    },
    writeRows: async (name, rows) => {
      const file = derivedFile(directory, name);
      await save();
      await writeJsonl({ file, rows });
      return file;
    },
    finish: async (summary) => {
      await save();
      // What the manifest tells of must be on the disk before it is
      await appender.flush();
      const manifest = await buildManifest({
        directory,
        stage,
        config: resolved,
        openedAt,
        now: now(),
        stages: inOrderOfWork(stages, [...visited]),
        summary,
        made: made.length > 0 ? made : earlier.filter(isOwn),
      });
      await writeAtomic(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    },
    close: () => {
      closing ??= appender.close().finally(() => lock.release());
      return closing;
    },
  };
}

/**
 * A power cut can leave records of a later stage, and none of an earlier one: the stages that this session came to stand in its order, at the
 * places that they have among the others.
 */
function inOrderOfWork(stages: Records, visited: readonly string[]): Records {
  const isVisited = new Set(visited);
  const next = visited[Symbol.iterator]();
  return new Map(
    [...stages.keys()].map((known) => {
      const stage = isVisited.has(known) ? (next.next().value ?? known) : known;
      return [stage, stageRecords(stages, stage)];
    }),
  );
}

/** A file belongs to one stage: what a second one would call the same gets a number. */
function freeFileName(
  file: string,
  {
    earlier,
    made,
    stage,
    name,
  }: { earlier: readonly Artifact[]; made: readonly Artifact[]; stage: string; name: string },
): string {
  const isTaken = (candidate: string): boolean =>
    earlier.some((artifact) => artifact.file === candidate && artifact.stage !== stage) ||
    made.some((artifact) => artifact.file === candidate && artifact.name !== name);
  if (!isTaken(file)) return file;
  for (let count = 2; ; count++) {
    const numbered = file.replace(/(\.jsonl?)$/, `_${count}$1`);
    if (!isTaken(numbered)) return numbered;
  }
}

function derivedFile(directory: string, name: string): string {
  if (!/^[\w][\w.+-]*$/.test(name)) throw new RangeError(`Cannot write "${name}": not a plain file name`);
  return join(directory, name);
}

function stageRecords(stages: Records, stage: string): Map<string, RunRecord> {
  const records = stages.get(stage) ?? new Map<string, RunRecord>();
  stages.set(stage, records);
  return records;
}

async function readRecords(file: string): Promise<Records> {
  const stages: Records = new Map();
  // A device can be appended to, but may never read to an end.
  if (!(await stat(file)).isFile()) return stages;
  const isWhole = requireFields<RunRecord>(['id', 'stage', 'input', 'sample', 'status']);
  const keep = (row: JsonObject): RunRecord | string => {
    const record = isWhole(row);
    if (typeof record === 'string') return record;
    const records = stageRecords(stages, record.stage);
    const twin = records.get(record.id);
    // A line that stands there twice, as after a copy of the file, says nothing new
    if (twin !== undefined && JSON.stringify(twin) !== JSON.stringify(record)) {
      return `the id "${record.id}" stands in an earlier line with other content`;
    }
    records.set(record.id, record);
    return record;
  };
  const { bad } = await readJsonl({ file, check: keep, skipBad: true });
  const [first] = bad;
  if (first !== undefined) {
    throw new StorageError(`Cannot continue ${file}:${first.line}: ${first.reason}; mend or delete the line`);
  }
  return stages;
}

/** Records that were there when a stage finished and that are gone were paid for: nothing is to be counted, or asked for, as if they had never been there. */
async function refuseLostRecords(directory: string, stages: Records): Promise<void> {
  const manifest = await findManifest(directory);
  for (const [stage, { done, failed }] of Object.entries(manifest?.stages ?? {})) {
    const there = stages.get(stage)?.size ?? 0;
    if (there >= done + failed) continue;
    const setAside = await countSetAside(directory, stage);
    if (there + setAside >= done + failed) continue;
    throw new StorageError(
      `Cannot continue ${directory}: records.jsonl holds ${there} records of ${stage}, and manifest.json tells of ${done + failed}; put the file back as it was, or delete manifest.json to ask for the others again`,
    );
  }
}
