import { describe, expect, it } from 'vitest';
import { answerKey, bestOf } from './best-of.js';
import type { GradedRow } from './graded-row.js';

/** A question a letter of verdicts: `+` right, `-` wrong; scores in the same order. */
function ask(questions: readonly (readonly [verdicts: string, scores: readonly (number | null)[]])[]) {
  const scores = new Map<string, number | null>();
  const rows = questions.flatMap(([verdicts, given], number) =>
    [...verdicts].map((verdict, sample): GradedRow => {
      const row = { problem: `q${number}`, sample, correct: verdict === '+' };
      scores.set(answerKey(row), given[sample] ?? null);
      return row;
    }),
  );
  return bestOf(rows, { by: 'reward', scoredBy: 'rm', scores });
}

/** By counting every set of k. */
function countSets(verdicts: string, scores: readonly number[], k: number): number {
  const n = verdicts.length;
  const sets = Array.from({ length: 2 ** n }, (_, bits) =>
    Array.from({ length: n }, (_, at) => at).filter((at) => (bits >> at) & 1),
  ).filter((set) => set.length === k);
  const isRight = (set: readonly number[]): boolean => {
    const best = set.reduce((most, at) => ((scores[at] ?? 0) > (scores[most] ?? 0) ? at : most));
    return verdicts[best] === '+';
  };
  return sets.filter(isRight).length / sets.length;
}

describe('bestOf()', () => {
  it('counts the answer with the highest score of each question', () => {
    const { n, correct, k, unscored, by, scoredBy } = ask([
      ['-+-', [0.1, 0.9, 0.3]],
      ['+--', [0.1, 0.9, 0.3]],
    ]);
    expect({ n, correct, k, unscored, by, scoredBy }).toEqual({
      n: 2,
      correct: 1,
      k: 3,
      unscored: 0,
      by: 'reward',
      scoredBy: 'rm',
    });
  });

  it.each([
    ['of equal scores the first', '+-', [0.5, 0.5], 1],
    ['an answer without a score only where none has one', '+-', [null, -9], 0],
    ['the first where nobody scored', '+-', [null, null], 1],
  ])('takes %s', (_, verdicts, scores, correct) => {
    expect(ask([[verdicts, scores]]).correct).toBe(correct);
  });

  it.each([
    ['-+-+', [0.1, 0.4, 0.9, 0.2]],
    ['++---', [5, 1, 2, 3, 4]],
    ['+-+-+-+-', [8, 7, 6, 5, 4, 3, 2, 1]],
  ])('best@k of %s is the mean over all sets of k', (verdicts, scores) => {
    for (const { k, value } of ask([[verdicts, scores]]).bestAt) {
      expect(value).toBeCloseTo(countSets(verdicts, scores, k), 12);
    }
  });

  it('best@1 is the accuracy, and best@n that of the chosen', () => {
    const { bestAt, accuracy } = ask([
      ['-++-', [1, 2, 3, 4]],
      ['+++-', [1, 2, 3, 0]],
    ]);
    expect(bestAt.map(({ k }) => k)).toEqual([1, 2, 4]);
    expect(bestAt[0]?.value).toBeCloseTo(5 / 8, 12);
    expect(bestAt.at(-1)?.value).toBeCloseTo(accuracy, 12);
  });

  it('of no rows says nothing', () => {
    expect(bestOf([], { by: 'judge', scoredBy: 'm', scores: new Map() })).toMatchObject({ n: 0, k: 0, bestAt: [] });
  });
});
