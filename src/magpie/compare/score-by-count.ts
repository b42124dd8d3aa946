import { InputError } from '../../errors.js';
import { named } from '../../name-setting.js';
import { type ScoredRow, withScores } from '../rows/score-fields.js';
import { agree } from './agreement.js';

/** The share of all candidates, failed ones included, that give the same answer as this one; null where it gave none. */
export function scoreByAgreement(rows: readonly ScoredRow[]): readonly ScoredRow[] {
  return rows.map((row) => {
    const { classes, classOf } = agree(row.candidates.map(({ extracted }) => extracted ?? undefined));
    const total = row.candidates.length + row.failed_candidates.length;
    const scores = classOf.map((index) => (index === undefined ? null : (classes[index]?.length ?? 0) / total));
    return withScores(row, { source: 'agreement', scores, by: { of: 'equivalent answers' } });
  });
}

/**
 * The mean log-probability a token that the writing model itself gave, so that long solutions are not punished for their length.
 * Throws `InputError` where no candidate brings one.
 */
export function scoreByLogProbability(rows: readonly ScoredRow[]): readonly ScoredRow[] {
  const scored = rows.map((row) => {
    const scores = row.candidates.map(({ log_probability, tokens }) =>
      typeof log_probability === 'number' && tokens > 0 ? log_probability / tokens : null,
    );
    const model = row.gen_response_configs?.output_generator ?? 'unknown';
    return withScores(row, { source: 'log-probability', scores, by: { model, per: 'token' } });
  });
  if (scored.some(({ log_probability_scores: scores = [] }) => scores.some((score) => score !== null))) return scored;
  throw new InputError(
    `Cannot score by log-probability: no candidate brings one; draw them again with ${named('model')} vllm:OWNER/NAME`,
  );
}
