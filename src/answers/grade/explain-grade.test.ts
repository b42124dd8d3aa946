import { describe, expect, it } from 'vitest';
import { explainGrade } from './explain-grade.js';
import { gradeResponse } from './grade-with-preset.js';

describe('explainGrade()', () => {
  it.each([
    [{ gold: '12', response: 'So \\boxed{15}.' }, 'in the last box; different as exact numbers'],
    [{ gold: '0.5', answer: '\\frac12' }, 'as given; equal as exact numbers'],
    [{ gold: '12', answer: 'twenty eggs or so' }, 'as given; different as lists'],
    [{ gold: 'Monday', answer: 'Friday' }, 'as given; different as words'],
    [{ gold: '(1, 2)', answer: '5' }, 'as given; different kinds of answers'],
    [{ gold: '12', response: '' }, 'no answer found'],
    [{ gold: '12', answer: '' }, 'no answer found'],
    [
      { gold: '0.25', answer: '\\frac14', preset: 'metamath-math' as const },
      'different as text after its string rules',
    ],
    [{ gold: '12', answer: '12', preset: 'strict' as const }, 'equal as text, character by character'],
    [{ gold: '12', response: 'no number', preset: 'metamath-gsm8k' as const }, 'no answer found'],
  ])('says of %j: %s', (request, reason) => {
    expect(explainGrade(gradeResponse(request))).toBe(reason);
  });
});
