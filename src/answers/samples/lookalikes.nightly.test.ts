import { describe, expect, it } from 'vitest';
import { isEquivalent } from '../compare/is-equivalent.js';
import { lookalikeKinds, makeLookalikes } from './lookalikes.js';

describe.each([
  ['a thousand formulas that only look equal', lookalikeKinds.different, false],
  ['a thousand formulas that only look different', lookalikeKinds.equal, true],
] as const)('%s', (_, kinds, isRight) => {
  it.each(Object.entries(kinds))('%s', (name, make) => {
    const pairs = makeLookalikes(make, isRight, 1000, 7 * name.length);
    expect(pairs.filter(([gold, other]) => isEquivalent(gold, other).equivalent !== isRight)).toEqual([]);
  });
});
