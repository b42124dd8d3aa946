import { describe, expect, it } from 'vitest';
import { measureDifficulty } from './measure-difficulty.js';
import { ratesOfVerdicts } from './solve-rates.js';

describe('measureDifficulty()', () => {
  it.each([
    ['the share that equals gold', { answers: ['1/2', '0.5', '3', null], gold: '\\frac{1}{2}' }, 2, 4, 'gold'],
    ['solutions that were cut count', { answers: ['4'], failedCount: 3, gold: '4' }, 1, 4, 'gold'],
    ['nobody solved it', { answers: ['5', null], gold: '4' }, 0, 2, 'gold'],
    ['without gold the share of the majority', { answers: ['4', '4', '5', null] }, 2, 4, 'majority'],
    ['one candidate and gold', { answers: ['4'], gold: '4' }, 1, 1, 'gold'],
  ])('%s', (_, given, right, k, against) => {
    const measured = measureDifficulty({ failedCount: 0, gold: undefined, ...given });
    expect(measured).toMatchObject({ solve_rate: right / k, right, k, against, grader: 'mathpie' });
    const [low, high] = 'interval' in measured ? measured.interval : [1, 0];
    expect(low <= right / k && right / k <= high).toBe(true);
  });

  it.each([
    ['no candidates', { answers: [], gold: '4' }, 'no candidates'],
    ['no answers', { answers: [null, null] }, 'no answers'],
    ['one candidate', { answers: ['4'] }, 'one candidate and no known answer'],
  ])('measures nothing from %s', (_, given, fault) => {
    expect(measureDifficulty({ failedCount: 0, gold: undefined, ...given })).toEqual({ fault });
  });

  it('takes the verdicts of an evaluation by the question', () => {
    const verdicts = [true, false, true].map((correct) => ({ question: 'Why?', correct }));
    const rates = ratesOfVerdicts([...verdicts, { correct: true }], { grader: 'metamath-math', solver: null });
    expect([...rates]).toMatchObject([['Why?', { right: 2, k: 3, against: 'gold', grader: 'metamath-math' }]]);
  });
});
