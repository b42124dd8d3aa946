import type { CandidatesRow } from './magpie-row.js';

export const scoreSources = ['reward', 'judge', 'grade', 'log-probability', 'agreement'] as const;

/**
 * `reward`: a reward model, on its own scale. `judge`: P(yes) of a yes-or-no judge. `grade`: a judge's grade as JSON, 0 to 1.
 * `log-probability`: mean natural-log probability a token under the model that wrote it. `agreement`: share of all candidates
 * that give the same answer.
 */
export type ScoreSource = (typeof scoreSources)[number];

/** One score a candidate, in the order of `candidates`; null where none was given, never a made-up one. */
export type Scores = readonly (number | null)[];

export type ScoredRow = CandidatesRow & {
  readonly reward_scores?: Scores;
  readonly judge_scores?: Scores;
  readonly grade_scores?: Scores;
  readonly log_probability_scores?: Scores;
  readonly agreement_scores?: Scores;
  /** Who gave the scores of each source, and how. */
  readonly scored_by?: { readonly [Source in ScoreSource]?: { readonly [detail: string]: string } };
  /** The original's field, beside `reward_scores` where the reward model is ArmoRM and every candidate has a score. */
  readonly rewards_armorm?: readonly { readonly score: number | null }[];
};

/** The scores of a source, where a row has them. */
export function scoresOf(row: ScoredRow, source: ScoreSource): Scores | undefined {
  return row[fieldNames[source]];
}

/** The row with the scores of a source; those of other sources stay. */
export function withScores(
  row: ScoredRow,
  { source, scores, by }: { source: ScoreSource; scores: Scores; by: { readonly [detail: string]: string } },
): ScoredRow {
  const isArmoRm = source === 'reward' && /armorm/i.test(by.model ?? '') && !scores.includes(null);
  return {
    ...row,
    [fieldNames[source]]: scores,
    ...(isArmoRm ? { rewards_armorm: scores.map((score) => ({ score })) } : {}),
    scored_by: { ...row.scored_by, [source]: by },
  };
}

const fieldNames = {
  reward: 'reward_scores',
  judge: 'judge_scores',
  grade: 'grade_scores',
  'log-probability': 'log_probability_scores',
  agreement: 'agreement_scores',
} as const satisfies { readonly [Source in ScoreSource]: keyof ScoredRow };
