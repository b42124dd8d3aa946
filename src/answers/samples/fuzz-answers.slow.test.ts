import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { extractAnswer } from '../extract/extract-answer.js';
import { gradeResponse } from '../grade/grade-response.js';
import { fuzzAnswers } from './fuzz-answers.js';
import { hostileAnswers } from './hostile-answers.js';
import { makeHostileAnswer } from './hostile-formulas.js';

describe('fuzzAnswers()', () => {
  it('finds no failure in 4,000 generated answers', () => {
    expect(fuzzAnswers({ count: 4000, seed: 2024 }).failures).toEqual([]);
  });

  it('repeats itself for the same seed', () => {
    const [first, second] = [fuzzAnswers({ count: 300, seed: 3 }), fuzzAnswers({ count: 300, seed: 3 })];
    expect(first.parsedCount).toBe(second.parsedCount);
  });
});

describe('makeHostileAnswer()', () => {
  it('makes answers that end in a verdict after a counted amount of work', () => {
    for (let seed = 0; seed < 40; seed++) {
      const answer = makeHostileAnswer(seed);
      expect(answer.length).toBeLessThan(4000);
      expect(typeof isEquivalent(seed % 2 === 0 ? '|x-3|+\\lfloor x\\rfloor' : '12', answer).equivalent).toBe(
        'boolean',
      );
      expect(typeof isEquivalent(answer, `${answer}+1`).equivalent).toBe('boolean');
    }
  });

  it('and what takes more is undecided', () => {
    const sums = Array.from({ length: 60 }, (_, index) => `\\sum_{k=1}^{1999} \\sqrt{k+x+${index}}`).join('+');
    expect(isEquivalent(sums, `1+${sums}`)).toMatchObject({ equivalent: false, rule: 'undecided' });
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
