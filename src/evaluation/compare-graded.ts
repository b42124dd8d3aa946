import type { Disagreement } from '../answers/grade/compare-graders.js';
import { explainGrade } from '../answers/grade/explain-grade.js';
import { answeredRows } from './answered-rows.js';
import type { GradedAnswer, Grader } from './create-grader.js';
import type { GradedRow } from './graded-row.js';
import { type Accuracy, measureAccuracy } from './measure-accuracy.js';

/** What a second grader says about the same responses. */
export type SecondOpinion = Accuracy & {
  /** Name of the second grader. */
  readonly grader: string;
  /** Responses that both accept, one alone accepts, neither accepts; refusals are among the last; calls that failed are not counted. */
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
  /** Rows on which the two differ: onlyFirst + onlySecond. */
  readonly disagreements: number;
};

export type GradedDisagreement = Disagreement & {
  readonly problem: string;
  readonly a: { readonly grader: string };
  readonly b: { readonly grader: string };
};

/**
 * Grades the responses of graded rows again, with another grader: its accuracy on the same rows and every row on which
 * the two differ, `a` the grader that the rows have, `b` the other, each with its answer, rule and reason.
 */
export function compareGraded(
  rows: readonly GradedRow[],
  { first, second }: { readonly first: string; readonly second: Grader },
): { readonly opinion: SecondOpinion; readonly disagreements: readonly GradedDisagreement[] } {
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  const disagreements: GradedDisagreement[] = [];
  const verdicts = answeredRows(rows).map((row) => {
    const { problem, question = '', gold = '', response, correct: isFirst } = row;
    const other: GradedAnswer =
      row.status === 'failed' || response === undefined
        ? { correct: false, rule: 'none/no-answer' }
        : second.grade({ question, gold, response });
    counts[isFirst ? (other.correct ? 'both' : 'onlyFirst') : other.correct ? 'onlySecond' : 'neither'] += 1;
    if (isFirst !== other.correct)
      disagreements.push({
        id: row.id ?? problem,
        problem,
        gold,
        a: view(first, row.rule === undefined ? { correct: isFirst, rule: 'none/no-answer' } : (row as GradedAnswer)),
        b: view(second.name, other),
      });
    return { problem, correct: other.correct };
  });
  const opinion = { grader: second.name, ...measureAccuracy(verdicts), ...counts, disagreements: disagreements.length };
  return { opinion, disagreements };
}

function view(grader: string, { correct: equivalent, answer: extracted, rule }: GradedAnswer) {
  return { grader, equivalent, extracted, rule, reason: explainGrade({ extracted, equivalent, rule }) };
}
