import { describe, expect, it } from 'vitest';
import { agree } from './agreement.js';
import { choosePair, type ScoredCandidate } from './choose-pair.js';

describe('agree(answers)', () => {
  it.each([
    [['7', '7', '8'], [[0, 1], [2]], 2 / 3, false],
    [['8', '7', '7.0', undefined], [[1, 2], [0]], 0.5, false],
    [
      ['1/2', '0.5', '3', '3'],
      [
        [0, 1],
        [2, 3],
      ],
      0.5,
      true,
    ],
    [[undefined, undefined], [], 0, false],
    [[], [], 0, false],
  ])('puts %j in classes %j', (answers, classes, majorityShare, isTied) => {
    expect(agree(answers)).toMatchObject({ classes, majorityShare, isTied });
  });
});

/** `7@0.9` is a candidate that answers 7 and that the judge gives 0.9; `-` stands for no answer, no score. */
const read = (texts: readonly string[]): ScoredCandidate[] =>
  texts.map((text, sample) => {
    const [answer, score] = text.split('@');
    const extracted = answer === '-' ? undefined : answer;
    const judge = score === undefined ? undefined : score === '-' ? null : Number(score);
    return { sample, temperature: 0.8, response: `${sample}: ${answer}`, extracted, judge };
  });

describe('choosePair(candidates)', () => {
  it.each([
    [['7@0.6', '7@0.9', '8@0.4', '9@0.2'], 1, 3],
    [['7@0.9', '7@0.9', '8@0.2', '9@0.2'], 0, 2],
    [['7', '7', '8', '7'], 0, 2],
    [['7@0.9', '7.0@0.8', '-@0.1'], 0, 2],
    [['7@0.9', '7@-', '8@-', '9@0.1', '7@0.2'], 0, 3],
  ])('of %j prefers candidate %i to %i', (texts, chosen, rejected) => {
    const choice = choosePair(read(texts), {});
    expect(choice).toMatchObject({ chosen: { sample: chosen }, rejected: { sample: rejected } });
  });

  it.each([
    // Answers do not count
    [['7@0.6', '7@0.9', '8@0.4', '9@0.7'], 1, 2],
    [['-@0.2', '-@0.5'], 1, 0],
    [['7@0.5', '7@0.1', '7@0.5'], 0, 1],
    [['7@-', '7@0.3', '8@0.4'], 2, 1],
    [['7@0.5', '8@0.5'], 'tie', undefined],
    [['7@-', '8@-'], 'no-judge-score', undefined],
    [['7@0.5'], 'too-few-candidates', undefined],
  ])('by best and worst score of %j prefers %j to %j', (texts, chosen, rejected) => {
    const choice = choosePair(read(texts), { settings: { rule: 'best-worst' } });
    expect(choice).toMatchObject(
      typeof chosen === 'string' ? { dropped: chosen } : { chosen: { sample: chosen }, rejected: { sample: rejected } },
    );
  });

  it('trusts gold more than the majority', () => {
    const choice = choosePair(read(['8@0.9', '8@0.9', '7@0.5']), { gold: '7' });
    expect(choice).toMatchObject({
      chosen: { sample: 2, scores: { agreement: 1, judge: 0.5, combined: 0.75 } },
      rejected: { sample: 0, scores: { agreement: 0, judge: 0.9, combined: 0.45 } },
      agreementSource: 'gold',
    });
  });

  it.each([
    [['7@0.9'], 'too-few-candidates', {}],
    [['-', '-'], 'no-answers', {}],
    [['7', '8'], 'gold-not-found', { gold: '9' }],
    [['7', '7.0'], 'unanimous', {}],
    [['9', '9'], 'unanimous', { gold: '9' }],
    [['7', '7', '8', '8'], 'tie', {}],
    [['7', '7', '8', '9', '10'], 'no-majority', {}],
    [['7', '7', '8'], 'no-majority', { candidateCount: 5 }],
    [['7@0.9', '7@0.9', '8@-'], 'no-judge-score', {}],
    [['7@0.2', '7@0.2', '8@0.5'], 'small-margin', {}],
    [['7', '7', '8'], 'small-margin', { settings: { margin: 0.4 } }],
  ])('drops %j: %s', (texts, dropped, options) => {
    expect(choosePair(read(texts), options)).toMatchObject({ dropped });
  });
});
