import { createHash } from 'node:crypto';
import type { FailureKind } from '../models/language-model.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * One line of `records.jsonl`: what a stage made of one sample of one input. `input` is the id of the item it was made
 * from. A failed record says why and carries no text.
 */
export type RunRecord = {
  readonly id: string;
  readonly stage: string;
  readonly input: string;
  /** From 0. */
  readonly sample: number;
  readonly status: 'done' | 'failed';
  /** One line, when `status` is `failed`. */
  readonly reason?: string;
  /** Of a call that failed: the kind of failure. Absent where a text came and was no good. */
  readonly failure?: FailureKind;
  readonly [field: string]: JsonValue | undefined;
};

/** The id of a record: the first 16 hex digits of a SHA-256 over stage, input id and sample index. */
export function recordId(stage: string, input: string, sample: number): string {
  return createHash('sha256')
    .update(JSON.stringify([stage, input, sample]))
    .digest('hex')
    .slice(0, 16);
}
