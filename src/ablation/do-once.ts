import { readFile } from 'node:fs/promises';
import { describeDifference } from '../runs/describe-difference.js';
import type { JsonValue } from '../runs/run-record.js';
import { writeAtomic } from '../storage/write-atomic.js';

/**
 * The result of a part of the run: from `file`, where it was made of the same inputs, else of `work`. The file is written last, whole: a
 * part that was killed is begun anew, or goes on by its own means.
 */
export async function doOnce<Result extends object>(
  file: string,
  inputs: { readonly [name: string]: JsonValue },
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly isKept: boolean }> {
  const kept = await keptResult<Result>(file, inputs);
  if (kept !== undefined) return { result: kept, isKept: true };
  const result = await work();
  await writeAtomic(file, `${JSON.stringify({ inputs, result }, null, 2)}\n`);
  return { result, isKept: false };
}

/** What `doOnce` would not do again; undefined where it would. */
export async function keptResult<Result extends object>(
  file: string,
  inputs: { readonly [name: string]: JsonValue },
): Promise<Result | undefined> {
  const kept = await readPart(file);
  const isOfThese = kept !== undefined && describeDifference(kept.inputs as JsonValue, inputs).length === 0;
  return isOfThese ? (kept.result as Result) : undefined;
}

async function readPart(file: string): Promise<{ inputs: unknown; result: unknown } | undefined> {
  try {
    const part = JSON.parse(await readFile(file, 'utf8'));
    return typeof part?.result === 'object' && part.result !== null ? part : undefined;
  } catch {
    return undefined;
  }
}
