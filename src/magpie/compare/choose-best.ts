import type { CandidatesRow } from '../rows/magpie-row.js';
import type { ScoredRow, ScoreSource } from '../rows/score-fields.js';
import { agree } from './agreement.js';
import { combineScores } from './combine-scores.js';

/**
 * The best candidate of each row as an index into `candidates`: by score (best-of-k), by `agreement` (a majority vote), or by
 * both, weighted as `rank` weighs them. The first sample wins among equals; undefined where no candidate has what is asked for.
 */
export function chooseBest(
  rows: readonly (CandidatesRow | ScoredRow)[],
  { by, agreementWeight = 0.5 }: { readonly by: readonly ScoreSource[]; readonly agreementWeight?: number },
): readonly (number | undefined)[] {
  const usesAgreement = by.includes('agreement');
  const scores = combineScores(rows, { by });
  return rows.map((row, place) => {
    const { classes, classOf } = agree(row.candidates.map(({ extracted }) => extracted ?? undefined));
    let best: { readonly index: number; readonly value: number } | undefined;
    row.candidates.forEach((_, index) => {
      const share = (classes[classOf[index] ?? -1]?.length ?? 0) / row.candidates.length;
      const score = scores[place]?.[index]?.score;
      if (score === null || (score === undefined && share === 0)) return;
      const value =
        score === undefined ? share : usesAgreement ? agreementWeight * share + (1 - agreementWeight) * score : score;
      if (best === undefined || value > best.value) best = { index, value };
    });
    return best?.index;
  });
}
