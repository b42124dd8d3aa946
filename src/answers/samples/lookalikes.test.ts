import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { lookalikeKinds, makeLookalikes } from './lookalikes.js';

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
