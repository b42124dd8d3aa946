import { describe, expect, it } from 'vitest';
import { tellForeign } from './tell-foreign.js';

const own = {
  id: 'a',
  question: 'Ivan goes to the market with $74 and buys 7 notebooks at $7 each. How many dollars does Ivan have left?',
  answer: '25',
};
const foreign = { id: 'b', question: 'A train leaves at noon. When does it arrive after 3 hours?', answer: '3 PM' };

describe('tellForeign(problems, { model })', () => {
  it.each([
    [[own], 'pocket', undefined],
    [[own, foreign], 'gguf:mine.gguf', undefined],
    [
      [own, foreign],
      'pocket',
      /^1 of 2 problems are of no kind that pocket knows, and it guesses at them\. It knows buying/,
    ],
    [
      [foreign],
      'student',
      /^1 of 1 problems are of no kind that student knows.* such as hf:\S+ \(1\.1 GB, fetched once\)$/,
    ],
    [Array(300).fill(foreign), 'pocket', /^200 of the first 200 problems/],
  ])('of %j with %s says %s', (problems, model, said) => {
    const note = tellForeign(problems, { model });
    if (said === undefined) expect(note).toBeUndefined();
    else expect(note).toMatch(said);
  });

  it('lists ten kinds', () => {
    expect(
      tellForeign([foreign], { model: 'pocket' })
        ?.match(/It knows (.*?)\. For/)?.[1]
        ?.split('; '),
    ).toHaveLength(10);
  });
});
