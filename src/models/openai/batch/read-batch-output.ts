import { type JsonObject, readJsonl } from '../../../storage/read-jsonl.js';
import type { Completion } from '../../language-model.js';
import { readCompletions } from '../read-completions.js';
import type { Task } from '../request-completions.js';

/** What came of one request of a batch: completions (fewer than asked for, perhaps), or why there are none. */
export type BatchResult =
  | { readonly customId: string; readonly completions: readonly Completion[] }
  | { readonly customId: string; readonly reason: string; readonly isPassing: boolean };

/**
 * Reads a line of an output or error file: `{custom_id, response: {status_code, body}, error: {code, message}}`. What
 * expired, or failed as a call fails that is worth trying again, is passing. Undefined for a line that is of no task.
 */
export function readBatchLine(line: JsonObject, tasks: ReadonlyMap<string, Task>): BatchResult | undefined {
  const customId = String(line.custom_id);
  const task = tasks.get(customId);
  if (task === undefined) return undefined;
  const response = (line.response ?? {}) as { status_code?: number; body?: { error?: { message?: unknown } } };
  const error = line.error as { code?: unknown; message?: unknown } | null | undefined;
  const status = response.status_code;
  if (status === 200 && !error) {
    try {
      return { customId, completions: readCompletions(task, response.body) };
    } catch (fault) {
      return { customId, reason: `The batch answered with ${(fault as Error).message}`, isPassing: false };
    }
  }
  const said = oneLine(error?.message ?? response.body?.error?.message ?? 'no reason given');
  const code = String(error?.code ?? '');
  const isPassing = code === 'batch_expired' || status === 408 || status === 429 || (status ?? 0) >= 500;
  return { customId, reason: `The batch failed (${status ?? (code || 'no status')}): ${said}`, isPassing };
}

const oneLine = (value: unknown): string => {
  const text = String(value).replace(/\s+/g, ' ').trim();
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

/** The rows of a file that was fetched. A line that is no JSON is passed over: its request counts as not answered. */
export async function readBatchFile(file: string): Promise<readonly JsonObject[]> {
  return (await readJsonl({ file, skipBad: true })).rows;
}
