import type { HashKey } from './hash-key.js';
import { joinHash, mixHash } from './mix-hash.js';
import { type WordList, wordKind } from './scan-words.js';

/**
 * The key of all that decides what a word problem asks, in its order: numbers, unknowns, operators, and words such as
 * "more", "less", "left". Two problems in nearly the same words are the same problem only when these agree: 3 apples or 4,
 * `x` pens or 5 are one word apart and two problems.
 */
export function quantitySignature({ count, hashes, kinds }: WordList): HashKey {
  let high = 0x243f6a88;
  let low = 0x85a308d3;
  for (let index = 0; index < count; index++) {
    if (kinds[index] === wordKind.plain) continue;
    const hash = hashes[index] as number;
    high = joinHash(high, hash);
    low = joinHash(low ^ 0x13198a2e, hash);
  }
  return { high: mixHash(high), low: mixHash(low) };
}
