import { describe, expect, it } from 'vitest';
import { loadPromptSet } from '../prompts/prompt-set.js';
import { fobarQuery, selfVerificationQuery, tellMasked } from './backward-query.js';
import { backwardQuestions } from './backward-questions.js';
import { backwardRows } from './backward-rows.js';

const pens = { id: 'p', question: 'Tom has 12 pens and buys 3. How many of the 20 are left?', answer: '5' };

describe('backwardQuestions(problems)', () => {
  it('masks every quantity, left to right', () => {
    const { questions, skipped } = backwardQuestions([pens], {});
    expect(questions.map(({ id, mask }) => [id, mask.original])).toEqual([
      ['p:8-10', '12'],
      ['p:25-26', '3'],
      ['p:44-46', '20'],
    ]);
    expect(skipped).toEqual({});
  });

  it('masks only what is given in front of the question when asked to', () => {
    const { questions } = backwardQuestions([pens], { beforeQuestion: true });
    expect(questions.map(({ mask }) => mask.original)).toEqual(['12', '3']);
  });

  it.each([
    ['Tom has pens. How many?', 'no-quantity'],
    ['For 5 friends. Each of the 5 friends eats. How many?', 'told-twice'],
    ['If 3x = 12 and y = 5, what is x?', 'unknown-taken'],
    ['How many are 3 and 4?', 'nothing-given-before-the-question'],
  ])('skips %j and says why', (question, reason) => {
    const { questions, skipped } = backwardQuestions([{ id: 'p', question, answer: '1' }], { beforeQuestion: true });
    expect(questions).toEqual([]);
    expect(skipped).toEqual({ [reason]: 1 });
  });

  it.each([
    ['If 3x = 12 and y = 5, what is x?', '4', 'z'],
    ['Tom has 12 pens and buys 3. How many?', '3x + 1', 'y'],
    ['Tom has 12 pens and buys 3. How many?', '15', 'x'],
  ])('asks of %j with the answer %s for %s, where any unknown will do', (question, answer, variable) => {
    const { questions, skipped } = backwardQuestions([{ id: 'p', question, answer }], { unknown: 'any' });
    expect(new Set(questions.map(({ mask }) => mask.variable))).toEqual(new Set([variable]));
    expect(skipped).toEqual({});
  });

  it('skips a problem whose answer speaks of x', () => {
    const { skipped } = backwardQuestions([{ ...pens, answer: '3x + 1' }], {});
    expect(skipped).toEqual({ 'unknown-taken': 1 });
  });

  it('chooses maxBackward of them by the seed, whatever stands beside', () => {
    const ids = (problems: readonly (typeof pens)[], seed: number) =>
      backwardQuestions(problems, { maxBackward: 1, seed })
        .questions.filter(({ problem }) => problem.id === 'p')
        .map(({ id }) => id);
    expect(ids([pens], 1)).toHaveLength(1);
    expect(ids([{ ...pens, id: 'q' }, pens], 1)).toEqual(ids([pens], 1));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => ids([pens], seed))).size).toBeGreaterThan(1);
  });
});

describe('backwardRows(problems)', () => {
  it('gives a row for each quantity, with its place in the question', () => {
    const [first, ...more] = backwardRows([pens]);
    expect(first).toEqual({
      id: 'p:8-10',
      question: pens.question,
      masked: pens.question.replace('12', 'x'),
      span: [8, 10],
      original: '12',
      variable: 'x',
      answer: '5',
      value: '12',
      kind: 'integer',
      repeats: [],
      toldTwice: false,
    });
    expect(more).toHaveLength(2);
  });
});

describe('backward queries', () => {
  it('ask for any variable, in dollars where the data set writes so', () => {
    const masked = 'If $3x=y$, find $x$.';
    expect(fobarQuery({ masked, answer: '4', variable: 'y', inDollars: true })).toBe(
      'If $3x=y$, find $x$.\nThe answer to this question is $4$. What is the value of $y$?',
    );
    const words = loadPromptSet('metamath');
    expect(fobarQuery({ masked, answer: '4', variable: 'y', words })).toBe(
      `${masked}\nIf we know the answer to the above question is 4, what is the value of unknown variable y?`,
    );
    expect(selfVerificationQuery({ masked: 'A', words })).toBe('A What is the value of unknown variable x?');
    expect(selfVerificationQuery({ masked: 'A', variable: 'z' })).toBe('A\nWhat is the value of z?');
  });

  it('tell the masked story to its end', () => {
    const [first] = backwardQuestions([pens], { beforeQuestion: true }).questions;
    if (first === undefined) throw new Error('no question');
    const masked = tellMasked({ ...first, statement: '5 of the 20 are left. ' });
    expect(selfVerificationQuery({ masked })).toBe(
      'Tom has x pens and buys 3. 5 of the 20 are left.\nWhat is the value of x?',
    );
    expect(fobarQuery({ masked: first.mask.masked, answer: '5' })).toBe(
      'Tom has x pens and buys 3. How many of the 20 are left?\nThe answer to this question is 5. What is the value of x?',
    );
  });
});
