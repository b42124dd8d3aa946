import { describe, expect, it } from 'vitest';
import { plainAnswer, withFinalLine } from './final-line.js';
import { statesTwoAnswers } from './states-two-answers.js';

describe('withFinalLine(response, {answer})', () => {
  it.each([
    ['3 * 4 = 12.', '12', '3 * 4 = 12.\nThe answer is: 12'],
    ['3 * 4 = 12.\nThe answer is \\boxed{12}.', '12', '3 * 4 = 12.\nThe answer is: 12'],
    ['3 * 4 = 12.\n#### 12\nThe answer is: 12', '12', '3 * 4 = 12.\nThe answer is: 12'],
    ['So $\\boxed{12}$.', '12', 'So $\\boxed{12}$.\nThe answer is: 12'],
    ['Work.\n**The final answer is: $\\frac{1}{2}$.**\n\n', '\\frac{1}{2}', 'Work.\nThe answer is: \\frac{1}{2}'],
    ['Work.\nThe answer is 12 because 3 * 4 is.', '12', 'Work.\nThe answer is 12 because 3 * 4 is.\nThe answer is: 12'],
    ['Work.\nThe answer is 1,450,000.', '1,450,000', 'Work.\nThe answer is: 1450000'],
  ])('%j with %j becomes %j', (response, answer, expected) => {
    expect(withFinalLine(response, { answer, ending: 'answer' })).toBe(expected);
  });

  it('writes GSM8K’s mark where it is asked for, and nothing twice', () => {
    const once = withFinalLine('3 * 4 = 12.', { answer: '12', ending: 'hashes' }) ?? '';
    expect(once).toBe('3 * 4 = 12.\n#### 12\nThe answer is: 12');
    expect(withFinalLine(once, { answer: '12', ending: 'hashes' })).toBe(once);
  });

  it.each(['The answer is 12.', '#### 12', ' \n'])('refuses %j: no work', (response) => {
    expect(withFinalLine(response, { answer: '12', ending: 'answer' })).toBeUndefined();
  });
});

describe('plainAnswer(answer)', () => {
  it.each([
    ['$12$', '12'],
    ['\\$12.50', '12.50'],
    ['€1,200', '1200'],
    ['-1,200.5.', '-1200.5'],
    ['\\boxed{\\frac{3}{4}}', '\\frac{3}{4}'],
    ['\\(x = 3\\)', 'x = 3'],
    ['$1$ and $2$', '$1$ and $2$'],
    ['\\boxed{1}, \\boxed{2}', '\\boxed{1}, \\boxed{2}'],
    ['1,2,3', '1,2,3'],
    ['12 cm', '12 cm'],
    ['.', ''],
  ])('%j is %j', (answer, expected) => {
    expect(plainAnswer(answer)).toBe(expected);
  });
});

describe('statesTwoAnswers(response)', () => {
  it.each([
    ['So $\\boxed{12}$. The answer is 13.', true],
    ['So $\\boxed{12}$.\n#### 13', true],
    ['So $\\boxed{12}$. The answer is: 12', false],
    ['So $\\boxed{\\frac{1}{2}}$. The answer is 0.5.', false],
    ['The answer is \\boxed{12}.', false],
    ['The answer is 12.', false],
    ['So $\\boxed{12}$.', false],
  ])('%j: %s', (response, expected) => {
    expect(statesTwoAnswers(response)).toBe(expected);
  });
});
