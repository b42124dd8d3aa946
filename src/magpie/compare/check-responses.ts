import { isEquivalent } from '../../answers/compare/is-equivalent.js';
import type { RankVerdict } from './rank-candidates.js';

export type CheckedResponse = {
  /** `unchecked`: no candidates were drawn for the problem, or they did not agree. */
  readonly check: 'agrees' | 'disagrees' | 'unchecked';
  readonly majority_answer: string | null;
  readonly majority_share: number | null;
  /** The grader's rule that decided; null where nothing was compared. */
  readonly check_rule: string | null;
};

/**
 * Grades responses whose right answer nobody knows against what most candidates answer (self-consistency, Wang et al. 2022).
 * It counts as an answer of its own only where at least `minMajorityShare` of the candidates agree. @default 0.5
 */
export function checkResponses<
  Row extends { readonly id: number; readonly instruction?: string; readonly extracted?: string | null },
>(
  rows: readonly Row[],
  { verdicts, minMajorityShare = 0.5 }: { verdicts: readonly RankVerdict[]; minMajorityShare?: number },
): readonly (Row & CheckedResponse)[] {
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  return rows.map((row) => {
    const found = byId.get(row.id);
    // Candidates of another run count their problems from 0 as well
    const isOther = found?.instruction !== undefined && found.instruction !== row.instruction;
    const verdict = isOther ? undefined : found;
    const majority = {
      majority_answer: verdict?.majority_answer ?? null,
      majority_share: verdict?.majority_share ?? null,
    };
    if (majority.majority_answer === null || (majority.majority_share ?? 0) < minMajorityShare) {
      return { ...row, ...majority, check: 'unchecked', check_rule: null };
    }
    if (typeof row.extracted !== 'string') return { ...row, ...majority, check: 'disagrees', check_rule: 'no-answer' };
    const { equivalent, rule } = isEquivalent(majority.majority_answer, row.extracted);
    return { ...row, ...majority, check: equivalent ? 'agrees' : 'disagrees', check_rule: rule };
  });
}
