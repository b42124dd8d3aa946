import { describe, expect, it } from 'vitest';
import { gradeResponse } from './grade-response.js';

describe('gradeResponse()', () => {
  it.each([
    ['12', 'We add: 5 + 7 = 12.\nThe answer is \\boxed{12}.', true, 'boxed/same-text'],
    ['#### 1,250', 'So she has 1250 left.\n#### 1250', true, 'hashes/exact-number'],
    ['Half of 30 is 15.\n#### 15', 'The answer is: 15', true, 'answer-is/same-text'],
    ['3', '<think>maybe \\boxed{4}</think> It is \\boxed{3}.', true, 'boxed/same-text'],
    ['3', '<think>maybe \\boxed{3}', false, 'none/no-answer'],
    ['\\frac{1}{4}', 'It is one quarter: $\\frac14$.', true, 'formula/exact-number'],
  ])('gold %j, response %j: %s by %s', (gold, response, equivalent, rule) => {
    expect(gradeResponse({ gold, response })).toMatchObject({ equivalent, rule });
  });

  it('finds no number in a refusal', () => {
    expect(gradeResponse({ gold: '7', response: 'I do not know.' }).equivalent).toBe(false);
  });

  it('compares a bare answer as it stands', () => {
    expect(gradeResponse({ gold: '0.5', answer: '1/2' })).toMatchObject({
      equivalent: true,
      extracted: '1/2',
      rule: 'given/exact-number',
    });
  });

  it('grades by no other preset in silence', () => {
    // @ts-expect-error: as from JavaScript
    expect(() => gradeResponse({ gold: '12', answer: '12', preset: 'hendrycks' })).toThrow(
      'Cannot grade by hendrycks here: import gradeResponse from mathpie/original-graders',
    );
  });
});
