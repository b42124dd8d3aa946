import { describe, expect, it } from 'vitest';
import { createGrader } from './create-grader.js';

const question = 'What is half of one?';

describe('createGrader({ preset, policy })', () => {
  it.each([
    { gold: '\\frac{1}{2}', response: 'The answer is \\boxed{0.5}.', expected: { correct: true, answer: '0.5' } },
    { gold: '1', response: 'The answer is \\boxed{2}.', expected: { correct: false, answer: '2' } },
    { gold: 'It is 1.\n#### 1', response: 'The answer is \\boxed{1}.', expected: { correct: true, answer: '1' } },
  ])('grades $response against $gold and names the rule', ({ gold, response, expected }) => {
    expect(createGrader().grade({ question, gold, response })).toMatchObject({ ...expected, rule: expect.any(String) });
  });

  it('gives no answer where none can be read', () => {
    expect(createGrader().grade({ question, gold: '1', response: '\\boxed{1' })).not.toHaveProperty('answer');
  });

  it.each([
    { options: {}, name: 'mathpie' },
    { options: { policy: { percent: 'number' } }, name: 'mathpie (percent: number)' },
    { options: { preset: 'metamath-gsm8k' }, name: 'metamath-gsm8k' },
  ] as const)('is called $name', ({ options, name }) => {
    expect(createGrader(options).name).toBe(name);
  });

  it('knows equal answers for a vote', () => {
    expect(createGrader().isSame('0.5', '\\frac{1}{2}')).toBe(true);
    expect(createGrader().isSame('0.5', '2')).toBe(false);
  });
});
