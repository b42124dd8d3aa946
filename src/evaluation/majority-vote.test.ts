import { describe, expect, it } from 'vitest';
import { majorityVote } from './majority-vote.js';

const votes = (answers: readonly (string | undefined)[]) => answers.map((answer, sample) => ({ sample, answer }));
const isSame = (left: string, right: string) => Number(left) === Number(right);

describe('majorityVote(votes)', () => {
  it.each([
    { answers: ['8', '8', '9'], answer: '8', samples: [0, 1], isTied: false, agreement: 2 / 3 },
    { answers: ['9', '8', '8.0'], answer: '8', samples: [1, 2], isTied: false, agreement: 2 / 3 },
    { answers: ['9', '8', '8', '9'], answer: '9', samples: [0, 3], isTied: true, agreement: 1 / 2 },
    { answers: [undefined, '8', undefined], answer: '8', samples: [1], isTied: false, agreement: 1 / 3 },
    { answers: [undefined, undefined], answer: undefined, samples: [], isTied: false, agreement: 0 },
    { answers: [], answer: undefined, samples: [], isTied: false, agreement: 0 },
    { answers: ['8.0', '8.00', '8.0', '8'], answer: '8.0', samples: [0, 1, 2, 3], isTied: false, agreement: 1 },
  ])('$answers elects $answer', ({ answers, ...expected }) => {
    expect(majorityVote(votes(answers), { isSame })).toMatchObject(expected);
  });

  it('elects the same whatever the order of the votes', () => {
    const some = votes(['3', '4', '3.0', undefined, '4', '5', '4.0', '3']);
    const expected = majorityVote(some, { isSame });
    for (let shift = 1; shift < some.length; shift += 1)
      expect(majorityVote([...some.slice(shift), ...some.slice(0, shift)], { isSame })).toEqual(expected);
    expect(majorityVote([...some].reverse(), { isSame })).toEqual(expected);
  });

  it('joins two answers when a one-sided grader accepts either direction', () => {
    const acceptsLonger = (gold: string, answer: string) => answer.startsWith(gold);
    for (const answers of [
      ['7', '7 cm', '9'],
      ['7 cm', '7', '9'],
    ])
      expect(majorityVote(votes(answers), { isSame: acceptsLonger })).toMatchObject({ samples: [0, 1], classCount: 2 });
  });
});
