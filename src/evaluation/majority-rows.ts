import { answeredRows } from './answered-rows.js';
import type { GradedRow } from './graded-row.js';
import { groupByProblem } from './majority-accuracy.js';
import { majorityVote } from './majority-vote.js';

/**
 * The majority answer of each question as if it were its only sample: the graded row of the sample that spells it. Where
 * nobody gave an answer, the first sample stands, marked wrong. For comparing a vote with single answers, pair by pair.
 */
export function majorityRows(
  rows: readonly GradedRow[],
  { isSame }: { readonly isSame: (left: string, right: string) => boolean },
): GradedRow[] {
  return [...groupByProblem(answeredRows(rows)).values()].flatMap((voters) => {
    const vote = majorityVote(
      voters.map(({ sample = 0, answer }) => ({ sample, answer })),
      { isSame },
    );
    const [first] = voters;
    const speller = voters.find(({ answer }) => answer !== undefined && answer === vote.answer);
    if (speller !== undefined) return [{ ...speller, sample: 0 }];
    return first === undefined ? [] : [{ ...first, sample: 0, correct: false }];
  });
}
