import { InputError } from '../../errors.js';
import type { CandidatesRow } from '../rows/magpie-row.js';
import { type ScoredRow, type ScoreSource, scoresOf } from '../rows/score-fields.js';

export type CombinedScore = {
  /** Mean of the sources, each brought to 0 to 1; null where one gave none; undefined where none is asked for. */
  readonly score: number | null | undefined;
  /** As they were given. */
  readonly given: Readonly<Record<string, number | null>>;
};

/**
 * One number a candidate out of several scores. Their scales differ, so that each is brought to 0 to 1 first: rewards become
 * the share of all rewards of the set below it (ties count half), log-probabilities the geometric mean probability a token; the
 * judge's P(yes) and grades are used as they are. Agreement is left to `choosePair`, which weighs it by itself.
 * Throws `InputError` for a source of which no row has scores.
 */
export function combineScores(
  rows: readonly (CandidatesRow | ScoredRow)[],
  { by }: { readonly by: readonly ScoreSource[] },
): readonly (readonly CombinedScore[])[] {
  const sources = [...new Set(by)].filter((source) => source !== 'agreement');
  const scales = sources.map((source) => {
    const all = rows.flatMap((row) => (scoresOf(row, source) ?? []).filter((score) => score !== null));
    if (all.length === 0) {
      throw new InputError(`Cannot rank by ${source}: no candidate has such a score; score them by ${source} first`);
    }
    return { source, scale: source === 'reward' ? percentile(all) : source === 'log-probability' ? Math.exp : same };
  });
  return rows.map((row) =>
    row.candidates.map((_, index): CombinedScore => {
      if (scales.length === 0) return { score: undefined, given: {} };
      const given = sources.map((source) => [source, scoresOf(row, source)?.[index] ?? null] as const);
      const scaled = scales.map(({ scale }, place) => {
        const value = given[place]?.[1] ?? null;
        return value === null ? null : scale(value);
      });
      const isWhole = scaled.every((value) => value !== null);
      const score = isWhole ? scaled.reduce<number>((sum, value) => sum + (value ?? 0), 0) / scaled.length : null;
      return { score, given: Object.fromEntries(given) };
    }),
  );
}

const same = (value: number): number => value;

/** Where a value lies among all: 0 to 1. */
function percentile(all: readonly number[]): (value: number) => number {
  const sorted = [...all].sort((left, right) => left - right);
  const firstNotBelow = (value: number, isBelow: (other: number, value: number) => boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(sorted[middle] ?? 0, value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (value) => {
    const below = firstNotBelow(value, (other, limit) => other < limit);
    const notAbove = firstNotBelow(value, (other, limit) => other <= limit);
    return (below + notAbove) / 2 / sorted.length;
  };
}
