import { joinHash, mixHash } from './mix-hash.js';
import type { ShingleSet } from './shingle-set.js';

/** Bands of `rowCount` values each: two sets of Jaccard similarity s share a band with probability 1 - (1 - s^rowCount)^bandCount. */
export type Bands = { readonly bandCount: number; readonly rowCount: number };

/** Values of a signature. */
const mostValues = 64;

/** Of 10,000 pairs at the very threshold, all but 20 become candidates; above it fewer are missed. */
const wantedRecall = 0.998;

/** The bands with the fewest needless candidates among those that find pairs at `threshold` (Leskovec et al., section 3.4). */
export function chooseBands(threshold: number): Bands {
  for (let rowCount = 16; rowCount > 1; rowCount--) {
    const bandCount = Math.floor(mostValues / rowCount);
    if (1 - (1 - threshold ** rowCount) ** bandCount >= wantedRecall) return { bandCount, rowCount };
  }
  return { bandCount: mostValues, rowCount: 1 };
}

/**
 * The band keys of a set, by one-permutation MinHash (Li, Owen and Zhang 2012): each member is hashed once and falls into one of
 * the bins, of which each keeps its least. Empty bins borrow from others by optimal densification (Shrivastava 2017), so
 * that short texts are compared as well as long ones. `salt` parts what must not meet.
 */
export function createBandKeys({ bandCount, rowCount }: Bands): (set: ShingleSet, salt: number) => Uint32Array {
  const binCount = bandCount * rowCount;
  const least = new Uint32Array(binCount);
  const isFilled = new Uint8Array(binCount);
  const keys = new Uint32Array(bandCount);
  return (set, salt) => {
    isFilled.fill(0);
    const { members, size } = set;
    for (let index = 0; index < size; index++) {
      // Mixed once more: bin and value must not hang together.
      const value = mixHash((members[index] as number) ^ 0x5851f42d);
      // Members are well mixed themselves; the product's upper half is a fair choice of a bin.
      const bin = Math.floor(((members[index] as number) / 4294967296) * binCount);
      if (isFilled[bin] === 0 || value < (least[bin] as number)) least[bin] = value;
      isFilled[bin] = 1;
    }
    for (let band = 0; band < bandCount; band++) {
      let key = mixHash(salt ^ Math.imul(band + 1, 0x9e3779b1));
      for (let bin = band * rowCount; bin < (band + 1) * rowCount; bin++) {
        key = joinHash(key, size === 0 ? 0 : (least[filledBin(bin)] as number));
      }
      keys[band] = mixHash(key);
    }
    return keys;
  };

  /** The bin itself, or the filled one that a fixed chain of draws leads to. */
  function filledBin(bin: number): number {
    let found = bin;
    for (let draw = 1; isFilled[found] === 0; draw++) found = mixHash(Math.imul(bin + 1, 0x85ebca6b) + draw) % binCount;
    return found;
  }
}
