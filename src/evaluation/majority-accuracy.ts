import { answeredRows } from './answered-rows.js';
import type { GradedRow } from './graded-row.js';
import { majorityVote } from './majority-vote.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';

export type MajorityAccuracy = Accuracy & {
  /** Samples a question that voted. */
  readonly k: number;
  /** Questions whose vote was tied; the answer seen first counted. */
  readonly ties: number;
};

/**
 * maj@k: the accuracy of the majority answer over the first k samples of each question. A question counts once, so n is
 * the number of questions that were answered; samples that nobody answered do not vote, wrong and cut ones do where they hold an answer. Of
 * equally many votes the answer of the first sample counts. The vote's verdict is that of the sample that spells the winning answer.
 */
export function majorityAccuracy(
  rows: readonly GradedRow[],
  { k, isSame }: { readonly k: number; readonly isSame: (left: string, right: string) => boolean },
): MajorityAccuracy {
  let ties = 0;
  const verdicts = [...groupByProblem(answeredRows(rows))].map(([problem, group]) => {
    const voters = group.filter((row) => (row.sample ?? 0) < k);
    const vote = majorityVote(
      voters.map((row) => ({ sample: row.sample ?? 0, answer: row.answer })),
      { isSame },
    );
    if (vote.isTied) ties += 1;
    const speller = voters.find((row) => row.answer !== undefined && row.answer === vote.answer);
    return { problem, correct: speller?.correct ?? false };
  });
  return { k, ...measureAccuracy(verdicts), ties };
}

/** Rows by the id of their problem, in the order of first appearance. */
export function groupByProblem<Row extends { readonly problem: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.problem);
    if (group) group.push(row);
    else groups.set(row.problem, [row]);
  }
  return groups;
}
