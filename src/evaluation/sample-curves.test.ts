import { describe, expect, it } from 'vitest';
import type { GradedRow } from './graded-row.js';
import { majorityAccuracy } from './majority-accuracy.js';
import { measureAccuracy } from './measure-accuracy.js';
import { sampleCurves } from './sample-curves.js';

const isSame = (left: string, right: string) => left === right;

/** Each text is a problem, each letter a sample's answer; `a` is right and `-` no answer. */
const rows = (...problems: string[]): GradedRow[] =>
  problems.flatMap((letters, problem) =>
    [...letters].map((letter, sample) => ({
      problem: `p${problem}`,
      sample,
      correct: letter === 'a',
      ...(letter !== '-' && { answer: letter }),
    })),
  );

describe('sampleCurves(rows)', () => {
  it.each([
    // sets of 2 of a, b, b: ab goes to a (tie, first), ab to a, bb to b
    { problems: ['abb'], k: 2, pass: 2 / 3, majority: 2 / 3 },
    { problems: ['abb'], k: 3, pass: 1, majority: 0 },
    { problems: ['-a'], k: 2, pass: 1, majority: 1 },
    { problems: ['--'], k: 2, pass: 0, majority: 0 },
    { problems: ['aab', 'bbb'], k: 3, pass: 0.5, majority: 0.5 },
  ])('$problems at k = $k: pass $pass, majority $majority', ({ problems, k, pass, majority }) => {
    const { passAt, majorityAt } = sampleCurves(rows(...problems), { isSame });
    expect(passAt.find((point) => point.k === k)?.value).toBeCloseTo(pass, 12);
    expect(majorityAt.find((point) => point.k === k)?.value).toBeCloseTo(majority, 12);
  });

  it('starts at the accuracy and ends at the majority vote', () => {
    const graded = rows('abcabca-', 'bbbbaaaa', 'aaaaaaab', '--------', 'abababab');
    const { passAt, majorityAt } = sampleCurves(graded, { isSame });
    const { accuracy } = measureAccuracy(graded);
    expect(passAt.map(({ k }) => k)).toEqual([1, 2, 4, 8]);
    expect(passAt[0]?.value).toBeCloseTo(accuracy, 12);
    expect(majorityAt[0]?.value).toBeCloseTo(accuracy, 12);
    const { accuracy: value, interval } = majorityAccuracy(graded, { k: 8, isSame });
    expect(majorityAt.at(-1)).toEqual({ k: 8, value, interval });
  });

  it('has intervals that hold the values, the same for the same seed', () => {
    const graded = rows('abcabcaaabcabcaa', 'bbbbaaaabbbbaaaa', 'aaaaaaabaaaaaaab', 'bbbbbbbbbbbbbbba');
    const { passAt, majorityAt } = sampleCurves(graded, { isSame, seed: 5 });
    for (const { value, interval } of [...passAt, ...majorityAt]) {
      expect(interval[0]).toBeLessThanOrEqual(value);
      expect(interval[1]).toBeGreaterThanOrEqual(value);
    }
    expect(sampleCurves(graded, { isSame, seed: 5 })).toEqual({ passAt, majorityAt });
  });

  it('is empty without rows', () => {
    expect(sampleCurves([], { isSame })).toEqual({ passAt: [], majorityAt: [] });
  });
});
