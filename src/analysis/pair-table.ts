import type { PreferencePair } from '../magpie/compare/rank-candidates.js';

export type PairTableRow = {
  readonly what: string;
  readonly preferred: string | number | null;
  readonly rejected: string | number | null;
};

/** The two sides of a preference pair beside each other, from the texts to the numbers that decided. */
export function pairTable(pair: PreferencePair): PairTableRow[] {
  const { preferred_scores: preferred, rejected_scores: rejected } = pair;
  return [
    { what: 'solution', preferred: pair.preferred_response, rejected: pair.rejected_response },
    { what: 'answer', preferred: pair.preferred_answer, rejected: pair.rejected_answer },
    { what: 'share that agrees', preferred: preferred.agreement, rejected: rejected.agreement },
    { what: 'judge, P(yes)', preferred: preferred.judge ?? null, rejected: rejected.judge ?? null },
    { what: 'both combined', preferred: pair.preferred_quality, rejected: pair.rejected_quality },
    { what: 'temperature', preferred: pair.preferred_temperature, rejected: pair.rejected_temperature },
  ];
}
