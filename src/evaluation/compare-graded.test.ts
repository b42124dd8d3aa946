import { describe, expect, it } from 'vitest';
import { compareGraded } from './compare-graded.js';
import { createGrader } from './create-grader.js';
import type { GradedRow } from './graded-row.js';

/** Rows as the published GSM8K grader judges them. */
const published = createGrader({ preset: 'metamath-gsm8k' });
const rows: GradedRow[] = [
  { gold: '18', response: 'So the answer is 18.\nThe answer is: 18' },
  { gold: '8', response: 'Half of 17.\nThe answer is: 8.5' },
  { gold: '1450000', response: 'Sum.\nThe answer is: 1,450,000' },
  { gold: '3', response: 'No idea' },
].map(({ gold, response }, index) => {
  const { correct, answer, rule } = published.grade({ question: '', gold, response });
  return { id: `r${index}`, problem: `p${index}`, gold, response, correct, rule, ...(answer && { answer }) };
});
const failed: GradedRow = { problem: 'p4', status: 'failed', correct: false, gold: '1' };

describe('compareGraded(rows, { first, second })', () => {
  const { opinion, disagreements } = compareGraded([...rows, failed], {
    first: published.name,
    second: createGrader(),
  });

  it('counts by who accepts, failed items as left out', () => {
    expect(opinion).toMatchObject({
      grader: 'mathpie',
      n: 4,
      correct: 2,
      both: 1,
      onlyFirst: 1,
      onlySecond: 1,
      neither: 1,
      disagreements: 2,
    });
    expect(opinion.interval[1]).toBeGreaterThan(opinion.accuracy);
  });

  it('lists the rounding and the lost thousands of the published grader, with both reasons', () => {
    expect(
      disagreements.map(({ problem, a, b }) => [problem, a.grader, a.extracted, a.equivalent, b.extracted]),
    ).toEqual([
      ['p1', 'metamath-gsm8k', '8', true, '8.5'],
      ['p2', 'metamath-gsm8k', '1450', false, '1,450,000'],
    ]);
    expect(disagreements[0]?.b.reason).toMatch(/^behind "the answer is"; different as exact numbers$/);
  });

  it('of two graders that agree is empty', () => {
    expect(compareGraded(rows, { first: published.name, second: published }).disagreements).toEqual([]);
  });
});
