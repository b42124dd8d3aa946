import { describe, expect, it } from 'vitest';
import { matchMath } from './grade/match-math.js';
import assertMath from './promptfoo.js';
import { adversarialResponses } from './samples/adversarial-responses.js';
import { mathMatchers } from './vitest.js';

expect.extend(mathMatchers);

describe('expect(text).toEqualMath(gold)', () => {
  it('takes a bare answer for its gold, and says why not', () => {
    expect('0.5').toEqualMath('\\frac{1}{2}');
    expect(12).toEqualMath('12.0');
    expect('0.51').not.toEqualMath('\\frac{1}{2}');
    expect(() => expect('0.51').toEqualMath('\\frac{1}{2}')).toThrow('different as exact numbers ("0.51")');
    expect(() => expect({}).toEqualMath('1')).toThrow('received object');
  });

  it('takes the answer of a response, of the strength that is asked for', () => {
    expect('So it is \\boxed{0.5}.').toAnswerMath('1/2', { leastStrength: 'proved' });
    expect('So it is \\boxed{50\\%}.').not.toAnswerMath('1/2', { leastStrength: 'proved' });
    expect(matchMath('50%', '1/2', { leastStrength: 'text' }).reason).toMatch(/shown by policy, not text$/);
  });
});

describe('the assertion for promptfoo', () => {
  it('grades the output against the variable "answer"', () => {
    const [right, wrong] = ['\\boxed{12}', '\\boxed{13}'].map((output) => assertMath(output, { vars: { answer: 12 } }));
    expect([right, wrong]).toMatchObject([
      { pass: true, score: 1 },
      { pass: false, score: 0, reason: 'in the last box; different as exact numbers ("13")' },
    ]);
    expect(assertMath('0.5', { vars: { gold: '1/2' }, config: { field: 'gold', isBare: true } }).pass).toBe(true);
  });

  it('throws where there is no gold', () => {
    expect(() => assertMath('12', {})).toThrow('has no variable "answer"');
  });

  it('agrees with the grader on every response made to mislead it', () => {
    const wrong = adversarialResponses.filter(
      ([gold, response, isRight]) => assertMath(response, { vars: { answer: gold } }).pass !== isRight,
    );
    expect(wrong).toEqual([]);
  });
});
