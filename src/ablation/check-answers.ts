import { extractAnswer } from '../answers/extract/extract-answer.js';
import { gradeResponse } from '../answers/grade/grade-response.js';
import { createGrader } from '../evaluation/create-grader.js';
import { majorityVote } from '../evaluation/majority-vote.js';
import { createRandom } from '../problems/pocket/random.js';
import { plantWrongAnswer } from './plant-wrong-answer.js';
import type { AnswerCheck } from './recipe.js';

/** An answered question whose gold answer is known, so that one can say how many wrong answers an arm learnt. */
export type PoolRow = {
  readonly id: string;
  readonly query: string;
  readonly response: string;
  readonly type: string;
  readonly original_question: string;
  readonly problem: string;
  readonly subject: string | null;
  readonly level: number | null;
  readonly gold: string;
};

/** A row that an arm may learn. Where it was graded it brings its verdict, else nothing that tells whether it is right. */
export type CheckedRow = Omit<PoolRow, 'gold'> & {
  readonly gold?: string;
  readonly equivalent?: boolean;
  readonly rule?: string;
  readonly extracted?: string;
};

/**
 * Makes a share of the answers wrong and keeps what passes the check. Which answers are made wrong depends on the row's id and the seed, so
 * that those of a smaller share are wrong under a larger one too. `majority` is the vote of all answers to a question (Wang et al. 2023,
 * arXiv 2203.11171), which knows no gold; a question with one answer is its own majority.
 */
export function checkAnswers(
  rows: readonly PoolRow[],
  { check, planted, seed }: { readonly check: AnswerCheck; readonly planted: number; readonly seed: number },
): CheckedRow[] {
  const answered = rows.map((row) => plant(row, { planted, seed }));
  if (check === 'ungraded') return answered.map(withoutGold);
  if (check === 'majority') {
    const questions = groupByQuery(answered);
    const { isSame } = createGrader();
    return [...questions.values()].flatMap((group) => {
      const votes = group.map(({ response }, sample) => ({ sample, answer: extractAnswer(response)?.answer }));
      const { samples } = majorityVote(votes, { isSame });
      return samples.map((sample) => withoutGold(group[sample] as PoolRow));
    });
  }
  return answered.flatMap((row) => {
    const { equivalent, rule, extracted } = gradeResponse({ gold: row.gold, response: row.response });
    return equivalent ? [{ ...row, equivalent, rule, ...(extracted === undefined ? {} : { extracted }) }] : [];
  });
}

function plant(row: PoolRow, { planted, seed }: { readonly planted: number; readonly seed: number }): PoolRow {
  if (planted === 0 || createRandom(`planted ${seed} ${row.id}`).next() >= planted) return row;
  const answer = extractAnswer(row.response)?.answer;
  const response =
    answer === undefined ? undefined : plantWrongAnswer(row.response, { answer, seed: `${seed} ${row.id}` });
  return response === undefined ? row : { ...row, response };
}

const withoutGold = ({ gold: _, ...row }: PoolRow): CheckedRow => row;

function groupByQuery(rows: readonly PoolRow[]): Map<string, PoolRow[]> {
  const groups = new Map<string, PoolRow[]>();
  for (const row of rows) groups.set(row.query, [...(groups.get(row.query) ?? []), row]);
  return groups;
}
