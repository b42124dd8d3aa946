import type { RunRecord } from '../../runs/run-record.js';
import { createNearDuplicateIndex } from '../../selection/near-duplicates.js';
import { normalInstruction } from './check-instruction.js';

/** A drawn text. `surplus`: a good problem that was drawn after there were enough. */
export type JudgedInstruction = {
  readonly candidate: string;
  readonly verdict: 'accepted' | 'rejected' | 'surplus';
  readonly reason: string | null;
  readonly instruction: string | null;
  /** The answer that was cut off behind it. */
  readonly cut?: string;
};

export type JudgedInstructions = {
  readonly accepted: readonly RunRecord[];
  readonly candidates: readonly JudgedInstruction[];
  /** Accepted texts and all texts of each part of the mix. */
  readonly parts: ReadonlyMap<string, { readonly accepted: number; readonly drawn: number }>;
};

/**
 * Accepts whole, new problems in the order in which they were drawn, up to as many as each part of the mix owes. A problem is
 * new unless an earlier one is equal in words, or nearly (MinHash and Jaccard) with the same quantities.
 */
export function judgeInstructions(
  records: readonly RunRecord[],
  { quotas }: { quotas: ReadonlyMap<string, number> },
): JudgedInstructions {
  const accepted: RunRecord[] = [];
  const parts = new Map([...quotas.keys()].map((key) => [key, { accepted: 0, drawn: 0 }]));
  const seen = new Set<string>();
  const near = createNearDuplicateIndex();
  const candidates = records.map((record): JudgedInstruction => {
    const instruction = typeof record.instruction === 'string' ? record.instruction : null;
    const cut = typeof record.cut === 'string' ? { cut: record.cut } : {};
    const judged = { candidate: record.input, instruction, ...cut };
    const part = parts.get(partOf(record)) ?? { accepted: 0, drawn: 0 };
    part.drawn += 1;
    if (record.status === 'failed' || instruction === null) {
      return { ...judged, verdict: 'rejected', reason: record.reason ?? 'no reason given' };
    }
    const normal = normalInstruction(instruction);
    if (seen.has(normal) || near.add({ query: instruction }) !== undefined) {
      return { ...judged, verdict: 'rejected', reason: 'duplicate' };
    }
    seen.add(normal);
    if (part.accepted >= (quotas.get(partOf(record)) ?? 0)) return { ...judged, verdict: 'surplus', reason: null };
    part.accepted += 1;
    accepted.push(record);
    return { ...judged, verdict: 'accepted', reason: null };
  });
  return { accepted, candidates, parts };
}

/** The part of the mix that a record was drawn for: what stands in front of the colon of `algebra/ja:candidate-3`. */
export function partOf(record: { readonly input: string }): string {
  return record.input.includes(':') ? record.input.slice(0, record.input.indexOf(':')) : '';
}

export function countReasons(candidates: readonly JudgedInstruction[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verdict, reason } of candidates) {
    if (verdict === 'rejected') counts[reason ?? ''] = (counts[reason ?? ''] ?? 0) + 1;
  }
  return counts;
}
