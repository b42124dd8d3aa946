import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { gradeResponse } from '../grade/grade-response.js';
import { lookalikeKinds, makeLookalikes } from './lookalikes.js';
import { makeSentences, sentenceKinds } from './sentence-kinds.js';

/** A thousand of each at night. */
const count = 25;

describe.each([
  ['formulas that only look equal', lookalikeKinds.different, false],
  ['formulas that only look different', lookalikeKinds.equal, true],
] as const)('%s', (_, kinds, isRight) => {
  it.each(Object.entries(kinds))('%s', (name, make) => {
    const wrong = makeLookalikes(make, isRight, count, name.length).filter(
      ([gold, other]) =>
        isEquivalent(gold, other).equivalent !== isRight || isEquivalent(other, gold).equivalent !== isRight,
    );
    expect(wrong).toEqual([]);
  });
});

describe.each([
  ['sentences that name the gold without answering with it', sentenceKinds.misleading, false],
  ['sentences that answer with the gold among other numbers', sentenceKinds.plain, true],
] as const)('%s', (_, kinds, isRight) => {
  it.each(Object.entries(kinds))('%s', (name, make) => {
    const wrong = makeSentences(make, isRight, count, name.length).filter(
      ([gold, response]) => gradeResponse({ gold, response }).equivalent !== isRight,
    );
    expect(wrong).toEqual([]);
  });
});
