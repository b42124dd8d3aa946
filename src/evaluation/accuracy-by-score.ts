import { type Accuracy, measureAccuracy } from './measure-accuracy.js';

/** Accuracy of the rows whose score lies in one bin. */
export type ScoreBin = Accuracy & {
  /** Bounds of the bin; the upper one is outside, but for the last bin. */
  readonly from: number;
  readonly to: number;
  readonly meanScore: number;
};

/**
 * Accuracy within equal bins of a score in [0, 1], such as the agreement of the samples or a judge's P(yes). Empty bins are left out. A
 * well calibrated score has accuracy near its mean in each bin. Throws `RangeError` for a score outside of [0, 1].
 *
 * @throws RangeError when a score is outside [0, 1]
 */
export function accuracyByScore(
  rows: readonly { readonly problem: string; readonly score: number; readonly correct: boolean }[],
  { bins = 5 }: { readonly bins?: number } = {},
): ScoreBin[] {
  const groups = Array.from({ length: bins }, () => [] as (typeof rows)[number][]);
  for (const row of rows) {
    if (!(row.score >= 0 && row.score <= 1))
      throw new RangeError(`Cannot bin the scores: each must be from 0 to 1, got ${row.score} for "${row.problem}"`);
    groups[Math.min(bins - 1, Math.floor(row.score * bins))]?.push(row);
  }
  return groups.flatMap((group, index) => {
    if (group.length === 0) return [];
    const meanScore = group.reduce((sum, row) => sum + row.score, 0) / group.length;
    return [{ from: index / bins, to: (index + 1) / bins, meanScore, ...measureAccuracy(group) }];
  });
}
