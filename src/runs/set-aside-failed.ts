import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '../errors.js';
import { openJsonlAppender } from '../storage/append-jsonl.js';
import { lockDirectory } from '../storage/lock-directory.js';
import { readLines } from '../storage/read-lines.js';
import { removeTemporaryFiles } from '../storage/temporary-file.js';
import { writeJsonl } from '../storage/write-jsonl.js';
import type { RunRecord } from './run-record.js';

/** Failed records that were asked for again stand here, so that no token that was paid for is forgotten. */
export const setAsideName = 'failed-earlier.jsonl';

/**
 * Moves the failed records of some stages out of `records.jsonl`, so that the next command in the directory asks for them
 * again and for nothing else; returns how many. A kill at any moment loses none of them. Throws `StorageError` when a
 * living process works in the directory.
 */
export async function setAsideFailed(
  directory: string,
  { stages }: { readonly stages: readonly string[] },
): Promise<number> {
  const file = join(directory, 'records.jsonl');
  if (!existsSync(file)) return 0;
  const lock = await lockDirectory({ directory });
  try {
    await removeTemporaryFiles(directory);
    return await moveRecords(directory, ({ status, stage }) => status === 'failed' && stages.includes(stage));
  } finally {
    await lock.release();
  }
}

/** The same of any records, for who holds the directory's lock. */
export async function moveRecords(directory: string, isWanted: (record: RunRecord) => boolean): Promise<number> {
  const file = join(directory, 'records.jsonl');
  const count = await copyRecords({ from: file, to: join(directory, setAsideName), isWanted });
  if (count > 0) await writeJsonl({ file, rows: recordsOf(file, (record) => !isWanted(record)) });
  return count;
}

/** How many records of a stage stand aside. */
export async function countSetAside(directory: string, stage: string): Promise<number> {
  const file = join(directory, setAsideName);
  const ids = new Set<string>();
  if (existsSync(file)) for await (const { id } of recordsOf(file, (record) => record.stage === stage)) ids.add(id);
  return ids.size;
}

/**
 * How often a record's item was asked again because its text was no good, by stage and item. An endpoint that failed does
 * not count: the same request, with the same seed, is then the right one.
 */
export async function countAttempts(directory: string): Promise<(stage: string, input: string) => number> {
  const [ofRecord, ofItem] = [new Map<string, number>(), new Map<string, number>()];
  const file = join(directory, setAsideName);
  if (existsSync(file)) {
    for await (const { id, stage, input, finishReason } of recordsOf(file, () => true)) {
      if (finishReason === 'error') continue;
      const count = (ofRecord.get(id) ?? 0) + 1;
      const item = JSON.stringify([stage, input]);
      ofRecord.set(id, count);
      ofItem.set(item, Math.max(ofItem.get(item) ?? 0, count));
    }
  }
  return (stage, input) => ofItem.get(JSON.stringify([stage, input])) ?? 0;
}

type Filter = (record: RunRecord) => boolean;

async function copyRecords({ from, to, isWanted }: { from: string; to: string; isWanted: Filter }): Promise<number> {
  let count = 0;
  for await (const _ of recordsOf(from, isWanted)) count += 1;
  if (count === 0) return 0;
  const appender = await openJsonlAppender({ file: to });
  try {
    for await (const record of recordsOf(from, isWanted)) await appender.append(record);
  } finally {
    await appender.close();
  }
  return count;
}

/** A torn last line is nobody's record. */
async function* recordsOf(file: string, isWanted: Filter): AsyncGenerator<RunRecord> {
  for await (const { line, text, ended } of readLines(file)) {
    if (!ended || text.trim() === '') continue;
    const record = parseRecord(text);
    if (record === undefined) {
      throw new StorageError(`Cannot continue ${file}:${line}: not a record; mend or delete the line`);
    }
    if (isWanted(record)) yield record;
  }
}

function parseRecord(text: string): RunRecord | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value?.id === 'string' && typeof value.stage === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
