import { checkGolds } from '../../answers/grade/check-golds.js';
import type { GradedRow } from '../graded-row.js';
import { groupByProblem } from '../majority-accuracy.js';
import { majorityVote } from '../majority-vote.js';

/** So many samples have to be there, and this share of them has to agree, before a gold answer is suspected. */
const leastSamples = 3;
const leastShare = 0.75;

/**
 * Questions whose gold answer may be wrong: at least three samples, none of them right, and three of four give one and the same other answer; or
 * a gold answer that cannot be matched at all. A suspicion: a model may err the same way each time.
 */
export function findSuspectGolds(
  rows: readonly GradedRow[],
  { isSame }: { readonly isSame: (left: string, right: string) => boolean },
): ReadonlySet<string> {
  const suspects = new Set<string>();
  for (const [problem, samples] of groupByProblem(rows)) {
    if (samples.length < leastSamples || samples.some(({ correct }) => correct)) continue;
    const votes = samples.map(({ sample = 0, answer }) => ({ sample, answer }));
    if (majorityVote(votes, { isSame }).agreement >= leastShare) suspects.add(problem);
  }
  const golds = new Map(rows.flatMap(({ problem, gold }) => (gold === undefined ? [] : [[problem, gold] as const])));
  const { broken } = checkGolds([...golds].map(([id, gold]) => ({ id, gold })));
  for (const { id } of broken) suspects.add(id);
  return suspects;
}
