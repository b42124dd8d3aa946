import { describe, expect, it } from 'vitest';
import { areaUnderCurve, type ScoredLabel } from './area-under-curve.js';

/** Rows from counts a score: `counts[score]` rows with that score. */
const ratings = (label: boolean, counts: readonly number[]): ScoredLabel[] =>
  counts.flatMap((count, score) => Array.from({ length: count }, () => ({ score, label })));

/** The definition: wins plus half the ties over all pairs. */
const byPairs = (rows: readonly ScoredLabel[]): number => {
  const pairs = rows.filter((row) => row.label).flatMap((p) => rows.filter((row) => !row.label).map((n) => [p, n]));
  const wins = pairs.map(([p, n]) => (p && n ? (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0) : 0));
  return wins.reduce<number>((sum, win) => sum + win, 0) / pairs.length;
};

describe('areaUnderCurve(rows)', () => {
  it('agrees with Hanley and McNeil (1982), table I: 109 CT images rated 1 to 5, area 0.893', () => {
    const rows = [...ratings(false, [33, 6, 6, 11, 2]), ...ratings(true, [3, 2, 2, 11, 33])];
    const result = areaUnderCurve(rows);
    expect(result).toMatchObject({ positiveCount: 51, negativeCount: 58 });
    expect(result?.auc).toBeCloseTo(0.8932, 4);
    expect(result?.auc).toBeCloseTo(byPairs(rows), 12);
    // Their standard error is 0.032: 0.893 - 1.96 * 0.032 = 0.830; the score interval is not symmetric
    expect(result?.interval[0]).toBeCloseTo(0.814, 2);
    expect(result?.interval[1]).toBeCloseTo(0.94, 2);
  });

  it.each([
    { title: 'all right above all wrong', positive: [0, 0, 4], negative: [4], auc: 1 },
    { title: 'all right below all wrong', positive: [4], negative: [0, 0, 4], auc: 0 },
    { title: 'one score for all', positive: [9], negative: [7], auc: 0.5 },
    { title: 'ties in part', positive: [1, 2, 3], negative: [3, 2, 1], auc: 26 / 36 },
  ])('$title: $auc', ({ positive, negative, auc }) => {
    const rows = [...ratings(true, positive), ...ratings(false, negative)];
    const result = areaUnderCurve(rows);
    expect(result?.auc).toBeCloseTo(auc, 12);
    expect(result?.auc).toBeCloseTo(byPairs(rows), 12);
    expect(result?.interval[0]).toBeLessThanOrEqual(auc);
    expect(result?.interval[1]).toBeGreaterThanOrEqual(auc);
    expect((result?.interval[1] ?? 0) - (result?.interval[0] ?? 0)).toBeGreaterThan(0.1);
  });

  it.each([[[]], [ratings(true, [3])], [ratings(false, [3])]])('is undefined without both kinds', (rows) => {
    expect(areaUnderCurve(rows)).toBeUndefined();
  });

  it('orders infinite scores and refuses what is not a number', () => {
    const rows = [
      { score: Number.NEGATIVE_INFINITY, label: false },
      { score: 0, label: true },
      { score: Number.POSITIVE_INFINITY, label: true },
    ];
    expect(areaUnderCurve(rows)?.auc).toBe(1);
    expect(() => areaUnderCurve([...rows, { score: Number.NaN, label: true }])).toThrow('score 3 is not a number');
  });
});
