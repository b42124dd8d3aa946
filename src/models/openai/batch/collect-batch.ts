import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from 'openai/resources/batches';
import { ModelError } from '../../../errors.js';
import type { Task } from '../request-completions.js';
import type { BatchCalls } from './batch-calls.js';
import type { BatchLog, KnownBatch } from './batch-log.js';
import { type BatchResult, readBatchFile, readBatchLine } from './read-batch-output.js';

const longestPollMs = 60_000;

export type BatchContext = {
  readonly calls: BatchCalls;
  readonly log: BatchLog;
  readonly signal: AbortSignal;
  readonly onStatus: (line: string) => void;
  readonly pollMs: number;
};

/** Waits for a batch and reads its results; requests that it says nothing of count as expired. */
export async function collectBatch(
  { name, batchId = '' }: KnownBatch,
  { tasks, context }: { tasks: ReadonlyMap<string, Task>; context: BatchContext },
): Promise<readonly BatchResult[]> {
  const { log, calls, signal } = context;
  const batch = await waitForEnd(batchId, context);
  if (batch.status === 'failed') {
    await log.over(name);
    const [first] = batch.errors?.data ?? [];
    const where = first?.line ? ` (line ${first.line} of ${join(log.directory, `${name}.jsonl`)})` : '';
    const reason = (first?.message ?? 'no reason given').replace(/\s+/g, ' ').replace(/\.$/, '');
    throw new ModelError(`The batch ${batchId} was refused: ${reason}${where}; mend it and repeat the same command`);
  }
  const results = new Map<string, BatchResult>();
  for (const [fileId, kind] of [
    [batch.output_file_id, 'output'],
    [batch.error_file_id, 'errors'],
  ] as const) {
    if (!fileId) continue;
    const to = join(log.directory, `${name}.${kind}.jsonl`);
    await calls.fetchFile(fileId, { to, signal });
    for (const line of await readBatchFile(to)) {
      const result = readBatchLine(line, tasks);
      // What was answered counts, should a request stand in both files.
      if (result !== undefined && !results.has(result.customId)) results.set(result.customId, result);
    }
  }
  for (const customId of log.customIds(name)) {
    if (results.has(customId) || !tasks.has(customId)) continue;
    const reason = `The batch ${batchId} ended (${batch.status}) without an answer`;
    results.set(customId, { customId, reason, isPassing: batch.status !== 'cancelled' });
  }
  return [...results.values()];
}

async function waitForEnd(batchId: string, { calls, signal, onStatus, pollMs }: BatchContext): Promise<Batch> {
  let shown = '';
  for (let pauseMs = pollMs; ; pauseMs = Math.min(longestPollMs, pauseMs * 1.5)) {
    const batch = await calls.retrieve(batchId, signal);
    const { completed = 0, failed = 0, total = 0 } = batch.request_counts ?? {};
    const line = `Batch ${batchId}: ${batch.status}, ${completed} of ${total} done, ${failed} failed`;
    if (line !== shown) onStatus(line);
    shown = line;
    if (['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) return batch;
    await sleep(pauseMs, undefined, { signal });
  }
}
