import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { gradeResponse } from '../grade/grade-response.js';
import { lookalikeKinds, makeLookalikes } from './lookalikes.js';
import { makeSentences, sentenceKinds } from './sentence-kinds.js';

describe.each([
  ['a thousand formulas that only look equal', lookalikeKinds.different, false],
  ['a thousand formulas that only look different', lookalikeKinds.equal, true],
] as const)('%s', (_, kinds, isRight) => {
  it.each(Object.entries(kinds))('%s', (name, make) => {
    const pairs = makeLookalikes(make, isRight, 1000, 7 * name.length);
    expect(pairs.filter(([gold, other]) => isEquivalent(gold, other).equivalent !== isRight)).toEqual([]);
  });
});

describe.each([
  ['a thousand sentences that name the gold without answering with it', sentenceKinds.misleading, false],
  ['a thousand sentences that answer with the gold among other numbers', sentenceKinds.plain, true],
] as const)('%s', (_, kinds, isRight) => {
  it.each(Object.entries(kinds))('%s', (name, make) => {
    const rows = makeSentences(make, isRight, 1000, 7 * name.length);
    expect(rows.filter(([gold, response]) => gradeResponse({ gold, response }).equivalent !== isRight)).toEqual([]);
  });
});
