import type { RunRecord } from '../runs/run-record.js';
import { normalInstruction } from './check-instruction.js';

/** A drawn text. `surplus`: a good problem that was drawn after there were enough. */
export type JudgedInstruction = {
  readonly candidate: string;
  readonly verdict: 'accepted' | 'rejected' | 'surplus';
  readonly reason: string | null;
  readonly instruction: string | null;
};

/** Accepts whole, new problems in the order in which they were drawn, up to `count`. */
export function judgeInstructions(
  records: readonly RunRecord[],
  { count }: { count: number },
): { accepted: readonly RunRecord[]; candidates: readonly JudgedInstruction[] } {
  const accepted: RunRecord[] = [];
  const seen = new Set<string>();
  const candidates = records.map((record): JudgedInstruction => {
    const instruction = typeof record.instruction === 'string' ? record.instruction : null;
    const judged = { candidate: record.input, instruction };
    if (record.status === 'failed' || instruction === null) {
      return { ...judged, verdict: 'rejected', reason: record.reason ?? 'no reason given' };
    }
    const normal = normalInstruction(instruction);
    if (seen.has(normal)) return { ...judged, verdict: 'rejected', reason: 'duplicate' };
    seen.add(normal);
    if (accepted.length >= count) return { ...judged, verdict: 'surplus', reason: null };
    accepted.push(record);
    return { ...judged, verdict: 'accepted', reason: null };
  });
  return { accepted, candidates };
}

export function countReasons(candidates: readonly JudgedInstruction[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verdict, reason } of candidates) {
    if (verdict === 'rejected') counts[reason ?? ''] = (counts[reason ?? ''] ?? 0) + 1;
  }
  return counts;
}
