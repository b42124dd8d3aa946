import { describe, expect, it } from 'vitest';
import { splitOf } from './draw-story.js';
import { pocketProblems, subjects } from './generate.js';
import { levels } from './link.js';
import { openings } from './links/index.js';
import { recognizePocket } from './recognize.js';

const train = pocketProblems({ count: 4000, seed: 1, split: 'train' });
const test = pocketProblems({ count: 2000, seed: 1, split: 'test' });

describe('pocketProblems()', () => {
  it('has at least 30 scenario families over at least seven subjects', () => {
    expect(openings.length).toBeGreaterThanOrEqual(30);
    expect(new Set(openings.map((link) => link.subject)).size).toBeGreaterThanOrEqual(7);
    expect(new Set(openings.map((link) => link.id)).size).toBe(openings.length);
  });

  it('gives every family several wordings', () => {
    const few = openings.filter((link) => link.tells.length * link.asks.length < 2).map((link) => link.id);
    expect(few).toEqual([]);
  });

  it('gives the same problems for the same seed, whatever the count', () => {
    expect(pocketProblems({ count: 50, seed: 1, split: 'train' })).toEqual(train.slice(0, 50));
    expect(pocketProblems({ count: 50, seed: 2, split: 'train' })).not.toEqual(train.slice(0, 50));
  });

  it('balances levels and subjects', () => {
    for (const level of levels) expect(train.filter((problem) => problem.level === level).length).toBeGreaterThan(600);
    for (const subject of subjects) expect(train.filter((p) => p.subject === subject).length).toBeGreaterThan(350);
  });

  it('asks for one to eight steps', () => {
    expect([...new Set(train.map((problem) => problem.steps))].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('asks more steps on higher levels', () => {
    const mean = (level: number): number => {
      const steps = train.filter((problem) => problem.level === level).map((problem) => problem.steps);
      return steps.reduce((sum, count) => sum + count, 0) / steps.length;
    };
    expect(mean(5)).toBeGreaterThan(mean(3));
    expect(mean(3)).toBeGreaterThan(mean(1));
  });

  it.each([
    ['integers', /^\d+$/],
    ['decimals', /^\d+\.\d+$/],
    ['fractions', /^\\frac\{\d+\}\{\d+\}$/],
    ['square roots', /^\d*\\sqrt\{\d+\}$/],
    ['multiples of pi', /^\d+\\pi$/],
    ['polynomials', /^\d+y\^2 \+ \d+y \+ \d+$/],
  ])('has %s among the answers', (_, form) => {
    expect(train.some((problem) => form.test(problem.answer))).toBe(true);
  });

  it('puts the answer into the box at the end of each solution', () => {
    const wrong = train.filter((problem) => !problem.solution.endsWith(`The answer is \\boxed{${problem.answer}}.`));
    expect(wrong).toEqual([]);
  });

  it('repeats no question', () => {
    expect(new Set(train.map((problem) => problem.question)).size).toBe(train.length);
  });

  it('keeps train and test disjoint, in numbers and in text', () => {
    const questions = new Set(train.map((problem) => problem.question));
    expect(test.filter((problem) => questions.has(problem.question))).toEqual([]);
    for (const problem of test) {
      const story = recognizePocket(problem.question)?.story;
      expect(story && splitOf(story)).toBe('test');
    }
  });
});

describe('recognizePocket()', () => {
  it('reads every question of the grammar back and finds its answer and solution', () => {
    const lost = [...train, ...test].filter((problem) => {
      const read = recognizePocket(problem.question);
      return read?.answer !== problem.answer || read.solution !== problem.solution || read.subject !== problem.subject;
    });
    expect(lost).toEqual([]);
  });

  it.each([
    ['', 'nothing'],
    ['Tom has 3 rings and buys 4 more. How many rings does Tom have?', 'a name outside the grammar'],
    ['Anna has 3 rings and buys 4 more. How many pens does Anna have?', 'two nouns for one'],
    ['Anna has 3 rings and buys 4 more. How many rings does Ben have?', 'two people for one'],
    ['Anna has 3 rings and buys 4 more.', 'no question'],
    ['How many rings does Anna have?', 'no story'],
    ['Solve $3y + 9 = 6$ for $y$.', 'a negative number on the way'],
    ['Anna has 0/0 rings and buys 4 more. How many rings does Anna have?', 'a zero denominator'],
    [`${'Anna has 3 rings. '.repeat(200)}`, 'far too long'],
  ])('does not take %j (%s)', (question) => {
    expect(recognizePocket(question)).toBeUndefined();
  });

  it.each([
    ['Anna has 3 rings and buys 4 more. How many rings does Anna have?', '7', true],
    ['Anna shares 2 packs of 3 rings equally among 5 children. How many rings does each child get?', '1.2', true],
    [
      'Anna shares 2 packs of 4 rings equally among 3 children. How many rings does each child get?',
      '\\frac{8}{3}',
      false,
    ],
  ])('works out %j: %s, tidy %s', (question, answer, isTidy) => {
    expect(recognizePocket(question)).toMatchObject({ answer, isTidy });
  });
});
