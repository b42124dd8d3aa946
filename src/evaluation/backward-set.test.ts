import { describe, expect, it } from 'vitest';
import { InputError } from '../errors.js';
import { backwardSet } from './backward-set.js';

const problems = [
  {
    id: 'a',
    question: 'Tom has 12 pens and buys 5 more. How many has he?',
    answer: '17',
    subject: 'algebra',
    level: 1,
  },
  { id: 'b', question: 'How many sides has a triangle?', answer: '3' },
  { id: 'c', question: 'Ann solves 3x = 6. What is x?', answer: '2' },
  { id: 'd', question: 'A rope of 9 m is cut in 3 parts. How long is each?', answer: '3' },
];

describe('backwardSet(problems)', () => {
  it('asks for one masked number a problem, tells the answer, and counts what gives none', () => {
    const { problems: made, skipped } = backwardSet(problems);
    expect(made.map(({ id }) => id.split(':')[0])).toEqual(['a', 'c', 'd']);
    const [first] = made;
    expect(first?.question).toMatch(/^Tom has (x pens and buys 5|12 pens and buys x) more\. .*\n.*17.*value of x\?$/);
    expect(first).toMatchObject({ subject: 'algebra', level: 1, type: 'fobar' });
    expect(first?.answer).toBe(first?.question.includes('12') ? '5' : '12');
    expect(Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('is the same for the same seed, whatever the other problems are', () => {
    const alone = backwardSet(problems.slice(3), { seed: 4 }).problems;
    expect(backwardSet(problems, { seed: 4 }).problems.slice(2)).toEqual(alone);
  });

  it('asks for another unknown where the question has an x, in dollars on request', () => {
    const [made] = backwardSet(problems.slice(2, 3), { inDollars: true }).problems;
    expect(made?.question).toMatch(/\nThe answer to this question is \$2\$\. What is the value of \$y\$\?$/);
  });

  it('makes as many a problem as asked for', () => {
    expect(
      backwardSet(problems, { perProblem: 2 })
        .problems.map(({ id }) => id[0])
        .join(''),
    ).toMatch(/^aacc?dd$/);
  });

  it.each([{ given: [] }, { given: problems.slice(1, 2) }])(
    'refuses $given.length problems that give none',
    ({ given }) => {
      expect(() => backwardSet(given)).toThrow(InputError);
      expect(() => backwardSet(given)).toThrow(/^Cannot make backward questions: none of \d problems? gives one \(/);
    },
  );
});
