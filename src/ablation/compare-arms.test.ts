import { describe, expect, it } from 'vitest';
import type { GradedRow } from '../evaluation/graded-row.js';
import { compareArms } from './compare-arms.js';

/** Rows of so many questions, right where `verdicts` has a 1, unanswered where it has a blank. */
const rows = (verdicts: string): GradedRow[] =>
  [...verdicts].map((sign, place) => {
    const answered = { status: 'done', correct: sign === '1', response: sign } as const;
    const failed = { status: 'failed', correct: false, failure: 'endpoint' } as const;
    return {
      id: `${place}`,
      problem: `${place}`,
      sample: 0,
      question: `Q${place}`,
      gold: '1',
      ...(sign === ' ' ? failed : answered),
    } as GradedRow;
  });
const times = (verdicts: string): string => verdicts.repeat(10);

describe('compareArms() under several seeds', () => {
  it.each([
    ['arms that agree in all', [times('10'), times('10')], [times('10'), times('10')], 0, [-0.4, 0.4], 'cannot-tell'],
    ['arms that differ in all', [times('1'), times('1')], [times('0'), times('0')], 1, [0.6, 1], 'better'],
    [
      'arms that differ in some',
      [times('1100'), times('1100')],
      [times('1000'), times('1000')],
      0.25,
      [0, 0.5],
      'better',
    ],
    [
      'a question that nobody answered once',
      [`1${times('1')}`, ` ${times('1')}`],
      [`0${times('1')}`, `0${times('1')}`],
      0,
      [-0.4, 0.4],
      'cannot-tell',
    ],
    [
      'a row that is not there',
      [`1${times('1')}`, `1${times('1')}`],
      [times('1'), `1${times('1')}`],
      0,
      [-0.4, 0.4],
      'cannot-tell',
    ],
  ] as const)('%s', (_, left, right, difference, [low, high], verdict) => {
    const found = compareArms(left.map(rows), right.map(rows));
    expect(found).toMatchObject({ difference, verdict });
    // An interval, and not a point
    expect(found.interval[0]).toBeLessThan(found.interval[1]);
    expect(found.interval[0]).toBeGreaterThanOrEqual(low);
    expect(found.interval[1]).toBeLessThanOrEqual(high);
  });
});
