import { describe, expect, it } from 'vitest';
import { type Agreement, compareGraderRows, compareGraders } from './compare-graders.js';

const rows = [
  { id: 'r1', gold: '\\frac{1}{2}', answer: '0.5' },
  { id: 'r2', gold: '\\frac{1}{4}', answer: '0.25' },
  { id: 'r3', gold: '3\\text{ or }5', answer: '3\\text{ or }7' },
  { id: 'r4', gold: '8', answer: '9' },
];

describe('compareGraders()', () => {
  it('counts agreement and lists disagreements with the reason of each side', () => {
    const comparison = compareGraders(rows, { preset: 'mathpie' }, { preset: 'metamath-math' });
    expect(comparison).toMatchObject({ count: 4, both: 1, onlyA: 1, onlyB: 1, neither: 1, agreement: 0.5, kappa: 0 });
    expect(comparison.disagreements.map(({ id, a, b }) => [id, a.equivalent, a.rule, b.equivalent])).toEqual([
      ['r2', true, 'given/exact-number', false],
      ['r3', false, 'given/list', true],
    ]);
  });

  it('compares two policies of one grader', () => {
    const comparison = compareGraders([{ gold: '40\\%', answer: '0.4' }], {}, { policy: { percent: 'number' } });
    expect(comparison.onlyA).toBe(1);
  });

  it('streams the same disagreements', async () => {
    const [a, b] = [{}, { preset: 'metamath-math' as const }];
    const { disagreements, ...expected } = compareGraders(rows, a, b);
    let agreement: Agreement | undefined;
    const onAgreement = (measured: Agreement): void => {
      agreement = measured;
    };
    const streamed = [];
    for await (const one of compareGraderRows(rows, { a, b, onAgreement })) streamed.push(one);
    expect(streamed).toEqual(disagreements);
    expect(agreement).toEqual(expected);
  });

  it('calls no rows agreement', () => {
    expect(compareGraders([], {}, {})).toMatchObject({ count: 0, agreement: 1, kappa: undefined });
  });
});
