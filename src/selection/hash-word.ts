import { mixHash } from './mix-hash.js';

/** Where the hash of a word starts; `addToWord` takes it through the word's characters, `endWord` ends it. FNV-1a, 32 bits. */
export const wordStart = 0x811c9dc5;

export function addToWord(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16777619);
}

export function endWord(hash: number): number {
  return mixHash(hash);
}

/** The hash of a folded word, as the reader of texts makes it. */
export function hashWord(word: string): number {
  let hash: number = wordStart;
  for (let index = 0; index < word.length; index++) hash = addToWord(hash, word.charCodeAt(index));
  return endWord(hash);
}
