import { joinHash, mixHash } from './mix-hash.js';
import type { WordList } from './scan-words.js';

/**
 * A set of word shingles (runs of `width` words) as 32-bit hashes, that is filled anew for each text. `has` is one probe, so
 * that the overlap with another set costs one probe for each of its members and no sorting.
 */
export type ShingleSet = {
  readonly size: number;
  /** The members; entries at `size` and after are stale. */
  readonly members: Uint32Array;
  clear(): void;
  /** Adds the shingles of a text; one of fewer words than `width` is a shingle as a whole. */
  add(words: WordList, width: number): void;
  /** Holds these members and no others. */
  fill(members: Uint32Array): void;
  has(member: number): boolean;
};

export function createShingleSet(): ShingleSet {
  let mask = 4095;
  let slots = new Uint32Array(mask + 1);
  // A slot counts only when it bears the stamp of the present text: clearing is adding 1.
  let stamps = new Uint32Array(mask + 1);
  let members = new Uint32Array(1024);
  let stamp = 0;
  let size = 0;

  const clear = (): void => {
    stamp += 1;
    size = 0;
  };
  const insert = (value: number): void => {
    let slot = value & mask;
    for (; stamps[slot] === stamp; slot = (slot + 1) & mask) if (slots[slot] === value) return;
    slots[slot] = value;
    stamps[slot] = stamp;
    if (size === members.length) {
      const larger = new Uint32Array(size * 2);
      larger.set(members);
      members = larger;
    }
    members[size] = value;
    size += 1;
    if (size * 2 > mask) grow();
  };
  const grow = (): void => {
    const known = members.slice(0, size);
    mask = mask * 2 + 1;
    slots = new Uint32Array(mask + 1);
    stamps = new Uint32Array(mask + 1);
    stamp = 1;
    size = 0;
    for (const value of known) insert(value);
  };

  return {
    get size() {
      return size;
    },
    get members() {
      return members;
    },
    clear,
    fill: (given) => {
      clear();
      for (let index = 0; index < given.length; index++) insert(given[index] as number);
    },
    add: ({ count, hashes }, width) => {
      if (count === 0) return;
      const last = Math.max(0, count - width);
      for (let start = 0; start <= last; start++) {
        const end = Math.min(count, start + width);
        let hash = 0;
        for (let index = start; index < end; index++) hash = joinHash(hash, hashes[index] as number);
        insert(mixHash(hash));
      }
    },
    has: (member) => {
      for (let slot = member & mask; stamps[slot] === stamp; slot = (slot + 1) & mask) {
        if (slots[slot] === member) return true;
      }
      return false;
    },
  };
}

/** |A ∩ B| / |A ∪ B| of a filled set and the distinct members of another; 1 for two empty ones. */
export function jaccard(set: ShingleSet, members: Uint32Array): number {
  let shared = 0;
  for (let index = 0; index < members.length; index++) if (set.has(members[index] as number)) shared += 1;
  const union = set.size + members.length - shared;
  return union === 0 ? 1 : shared / union;
}
