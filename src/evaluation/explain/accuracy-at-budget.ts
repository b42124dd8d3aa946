import { isUnanswered } from '../../runs/count-calls.js';
import type { GradedRow } from '../graded-row.js';
import { type Accuracy, measureAccuracy } from '../measure-accuracy.js';

export type BudgetAccuracy = Accuracy & {
  /** The limit in tokens of the whole answer, its thought included. */
  readonly tokens: number;
  /** Share of the answers that end within it. */
  readonly ended: number;
};

/**
 * What the accuracy would have been at smaller limits of tokens, from one run with a large one: an answer that is longer than the limit would have been
 * cut, and counts as wrong. At and above the run's own limit it is the run's accuracy. Undefined where rows do not tell their tokens.
 */
export function accuracyAtBudget(all: readonly GradedRow[], budgets?: readonly number[]): BudgetAccuracy[] | undefined {
  const rows = all.filter((row) => !isUnanswered(row));
  const lengths = rows.map(({ completionTokens = 0 }) => completionTokens);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  if (longest === 0) return undefined;
  return (budgets ?? usualBudgets(longest)).map((tokens) => {
    const isIn = (row: GradedRow): boolean => (row.completionTokens ?? 0) <= tokens;
    const verdicts = rows.map((row) => ({ problem: row.problem, correct: row.correct && isIn(row) }));
    return {
      tokens,
      ...measureAccuracy(verdicts),
      ended: rows.filter((row) => isIn(row) && row.finishReason !== 'length').length / rows.length,
    };
  });
}

/** Powers of two from 16 up to the first that holds the longest answer. */
function usualBudgets(longest: number): number[] {
  const budgets: number[] = [];
  for (let tokens = 16; ; tokens *= 2) {
    budgets.push(tokens);
    if (tokens >= longest) return budgets;
  }
}
