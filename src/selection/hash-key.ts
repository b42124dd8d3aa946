import { mixHash } from './mix-hash.js';

/** 64 bits in two unsigned halves. Among a million texts, two different ones share a key with a chance of 3 in 10^8. */
export type HashKey = { readonly high: number; readonly low: number };

/**
 * The key of a list of texts in which a run of white space counts as one space and none counts at the ends. Two lanes of
 * FNV-1a with different primes, mixed at the end.
 */
export function hashKey(...texts: readonly string[]): HashKey {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (const text of texts) {
    let isGap = false;
    let isStart = true;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000) {
        isGap = !isStart;
        continue;
      }
      if (isGap) {
        high = Math.imul(high ^ 32, 16777619);
        low = Math.imul(low ^ 32, 0x5bd1e995);
        isGap = false;
      }
      isStart = false;
      high = Math.imul(high ^ code, 16777619);
      low = Math.imul(low ^ code, 0x5bd1e995) ^ (low >>> 15);
    }
    // A mark that no text contains, so that ['ab', 'c'] and ['a', 'bc'] differ.
    high = Math.imul(high ^ 0x10ffff, 16777619);
    low = Math.imul(low ^ 0x10ffff, 0x5bd1e995);
  }
  return { high: mixHash(high), low: mixHash(low ^ (high >>> 7)) };
}
