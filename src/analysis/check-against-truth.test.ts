import { describe, expect, it } from 'vitest';
import type { PreferencePair, RankVerdict } from '../magpie/compare/rank-candidates.js';
import type { JudgedRow } from '../magpie/rows/magpie-row.js';
import { agreementScores, checkPairs, gradeCandidates, judgeScores, responseAccuracy } from './check-against-truth.js';
import { countTable } from './count-table.js';
import { pairTable } from './pair-table.js';

const truth = new Map([['Half of 1?', '\\frac{1}{2}']]);
const row = (id: number, instruction: string, answers: readonly (string | null)[]): JudgedRow =>
  ({
    id,
    instruction,
    extracted: answers[0],
    candidates: answers.map((extracted) => ({ extracted })),
    scores: answers.map((_, index) => (index === 2 ? null : 0.9)),
  }) as unknown as JudgedRow;
const rows = [row(0, 'Half of 1?', ['0.5', '2', '0.5', null]), row(1, 'Nobody knows?', ['4'])];

describe('what a known answer says about', () => {
  it('responses', () => expect(responseAccuracy(rows, truth)).toMatchObject({ n: 1, correct: 1 }));

  it('candidates', () => {
    expect(gradeCandidates(rows, truth).map(({ problem, correct }) => [problem, correct])).toEqual([
      ['0', true],
      ['0', false],
      ['0', true],
      ['0', false],
    ]);
  });

  it('judge scores: one without a score is left out, no answer is wrong', () => {
    expect(judgeScores(rows, truth).map(({ correct }) => correct)).toEqual([true, false, false]);
  });

  it('agreement', () => {
    const verdicts = [0, 1].map((id) => ({ id, majority_answer: '0.5', majority_share: 0.5 })) as RankVerdict[];
    expect(agreementScores({ rows, verdicts }, truth)).toEqual([{ problem: '0', score: 0.5, correct: true }]);
  });

  it('pairs', () => {
    const pair = (preferred_answer: string, rejected_answer: string | null) =>
      ({ id: 0, instruction: 'Half of 1?', preferred_answer, rejected_answer }) as PreferencePair;
    const { preferred, rejected, both } = checkPairs(
      [pair('0.5', '2'), pair('1', '0.5'), pair('50\\%', null), pair('3', '2')],
      truth,
    );
    expect([preferred.correct, rejected.correct, both.correct, both.n]).toEqual([2, 3, 2, 4]);
  });
});

it('countTable() sorts by count and gives shares of the total', () => {
  expect(countTable({ b: 1, a: 1, c: 3 }, { total: 10 })).toEqual([
    { what: 'c', count: 3, share: 0.3 },
    { what: 'a', count: 1, share: 0.1 },
    { what: 'b', count: 1, share: 0.1 },
  ]);
  expect(countTable({})).toEqual([]);
});

it('countTable() counts values', () => {
  expect(countTable(['a', 'b', 'a', 'a']).map(({ what, count, share }) => [what, count, share])).toEqual([
    ['a', 3, 0.75],
    ['b', 1, 0.25],
  ]);
});

it('pairTable() lays the sides beside each other, a missing judge as null', () => {
  const side = { agreement: 0.75, judge: undefined, combined: 0.75 };
  const pair = { preferred_response: 'p', preferred_scores: side, rejected_scores: side } as unknown as PreferencePair;
  expect(pairTable(pair).map(({ preferred }) => preferred)).toEqual(['p', undefined, 0.75, null, undefined, undefined]);
});
