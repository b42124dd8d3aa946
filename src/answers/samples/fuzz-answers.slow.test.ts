import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { extractAnswer } from '../extract/extract-answer.js';
import { gradeResponse } from '../grade/grade-response.js';
import { fuzzAnswers } from './fuzz-answers.js';
import { hostileAnswers } from './hostile-answers.js';

describe('fuzzAnswers()', () => {
  it('finds no failure in 4,000 generated answers', () => {
    expect(fuzzAnswers({ count: 4000, seed: 2024 }).failures).toEqual([]);
  });

  it('repeats itself for the same seed', () => {
    const [first, second] = [fuzzAnswers({ count: 300, seed: 3 }), fuzzAnswers({ count: 300, seed: 3 })];
    expect(first.parsedCount).toBe(second.parsedCount);
  });
});

describe('hostile answers', () => {
  it.each(hostileAnswers)('$name: a verdict, as gold, as answer and as response', ({ make }) => {
    const text = make();
    expect(typeof isEquivalent('12', text).equivalent).toBe('boolean');
    expect(typeof isEquivalent(text, '12').equivalent).toBe('boolean');
    expect(typeof gradeResponse({ gold: '12', response: text }).equivalent).toBe('boolean');
    expect(() => extractAnswer(text)).not.toThrow();
  });
});
