import { describe, expect, it } from 'vitest';
import { eachChange } from '../../__fixtures__/extent.js';
import { isEquivalent } from '../compare/is-equivalent.js';
import { extractAnswer } from '../extract/extract-answer.js';
import { gradeResponse } from '../grade/grade-with-preset.js';
import { attackGrader, makeAttack } from './attack-grader.js';
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

describe('attackGrader()', () => {
  const hostile = eachChange(300, 700);
  it(`finds no judgement over a second of processor time among ${hostile} hostile ones`, () => {
    const { failures, slowest } = attackGrader({ count: hostile, seed: 5, limitMs: 1000 });
    expect(failures).toEqual([]);
    expect(slowest).toHaveLength(10);
  });

  it.each([
    // Sums of three hundred terms whose coefficients are quotients of factorials, multiplied crosswise: 1.5 s
    { seed: 2026, index: 675_285 },
  ])('judges text $index of seed $seed, which once took longer, within a second of processor time', (place) => {
    const { role, gold, text, preset } = makeAttack(place.seed, place.index);
    const before = process.cpuUsage();
    gradeResponse(role === 'response' ? { gold, response: text } : { gold, answer: text, ...preset });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it('makes the same attack at the same place, short and long ones in every role', () => {
    expect(makeAttack(3, 20)).toEqual(makeAttack(3, 20));
    const attacks = Array.from({ length: 350 }, (_, index) => makeAttack(1, index));
    expect(new Set(attacks.map(({ role }) => role)).size).toBe(7);
    const lengths = attacks.map(({ text }) => text.length);
    expect(Math.min(...lengths)).toBeLessThan(120);
    expect(Math.max(...lengths)).toBeGreaterThan(20_000);
  });

  it('tells what took longer than it may, and what threw', () => {
    let clock = 0;
    const cpuMs = () => (clock += 1500);
    expect(attackGrader({ count: 2, seed: 1, limitMs: 1000 }, { cpuMs }).failures).toHaveLength(2);
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
