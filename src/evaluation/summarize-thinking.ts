import { cutWhileThinking } from './grade-completion.js';
import type { GradedRow } from './graded-row.js';

/** What a model's thinking cost, and what it would have changed had it been graded. */
export type ThinkingSummary = {
  /** Answers with a thought. */
  readonly answers: number;
  /** Tokens of all thoughts, by the endpoint's count or by their share of the characters; 0 where nobody counted any. */
  readonly tokens: number;
  /** Answers that were cut while the model thought; counted as wrong. */
  readonly cut: number;
  /** Right, and wrong had the thought not been taken out of the text. */
  readonly rightOnlyWithout: number;
  /** Wrong, and right had the thought been left in: an answer that was thought and never said, say. */
  readonly rightOnlyWith: number;
};

/** What the thoughts of an evaluation cost; undefined where no row holds one. */
export function summarizeThinking(rows: readonly GradedRow[]): ThinkingSummary | undefined {
  const thought = rows.filter(({ thinking, thinkingTokens }) => thinking !== undefined || (thinkingTokens ?? 0) > 0);
  if (thought.length === 0) return undefined;
  const count = (isCounted: (row: GradedRow) => boolean): number => thought.filter(isCounted).length;
  return {
    answers: thought.length,
    tokens: thought.reduce((sum, row) => sum + (row.thinkingTokens ?? 0), 0),
    cut: count(({ rule }) => rule === cutWhileThinking),
    rightOnlyWithout: count(({ correct, correctWithThinking }) => correct && correctWithThinking === false),
    rightOnlyWith: count(({ correct, correctWithThinking }) => !correct && correctWithThinking === true),
  };
}

/** A line for people. */
export function formatThinking(
  { answers, tokens, cut, rightOnlyWithout, rightOnlyWith }: ThinkingSummary,
  { n, completionTokens }: { readonly n: number; readonly completionTokens: number },
): string {
  const share = completionTokens === 0 ? 0 : Math.round((100 * tokens) / completionTokens);
  const changed = rightOnlyWithout + rightOnlyWith;
  // Results of other harnesses tell no tokens of a thought
  const length =
    tokens === 0 ? 'nobody counted its tokens' : `${Math.round(tokens / answers)} tokens each, ${share} % of all`;
  return [
    `Thinking in ${answers} of ${n} answers: ${length}`,
    `${cut} cut while thinking`,
    `taking the thought out of the text changed ${changed} verdicts (${rightOnlyWithout} to right, ${rightOnlyWith} to wrong)`,
  ].join('; ');
}
