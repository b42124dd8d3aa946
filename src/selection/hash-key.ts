import { joinHash, mixHash } from './mix-hash.js';
import type { WordList } from './scan-words.js';

/** 64 bits in two unsigned halves. Among a million texts, two different ones share a key with a chance of 3 in 10^8. */
export type HashKey = { readonly high: number; readonly low: number };

/** The key of a short text, character by character. */
export function hashKey(text: string): HashKey {
  let [high, low] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 16777619);
    low = Math.imul(low ^ code, 0x5bd1e995) ^ (low >>> 15);
  }
  return { high: mixHash(high), low: mixHash(low ^ (high >>> 7)) };
}

/**
 * The key of one or more texts, word by word: equal where all words, numbers and operators are, whatever their case, spaces and
 * punctuation. The lists are told apart: the last word of one is not the first of the next.
 */
export function hashWords(...lists: readonly WordList[]): HashKey {
  let [high, low] = [0x9e3779b9, 0x7f4a7c15];
  for (const { count, hashes } of lists) {
    for (let index = 0; index < count; index++) {
      const hash = hashes[index] as number;
      high = Math.imul(high ^ hash, 0x01000193) ^ (high >>> 13);
      low = joinHash(low, hash);
    }
    high = mixHash(high ^ count);
    low = mixHash(low + count);
  }
  return { high: high >>> 0, low: low >>> 0 };
}
