/** Which of the rows so far share a band with a new one. */
export type BandIndex = {
  readonly size: number;
  /** Calls `visit` with each row once, latest first within a band, until it returns true. */
  findCandidates(keys: Uint32Array, visit: (row: number) => boolean): void;
  /** Adds a row under its band keys; rows are numbered from 0. */
  add(keys: Uint32Array): void;
};

/** Chained hash tables in flat arrays: 8 bytes a row and band, and 4 to 8 for the heads of the chains. */
export function createBandIndex({ bandCount }: { bandCount: number }): BandIndex {
  let capacity = 1024;
  let headMask = capacity - 1;
  // One more than the row, so that 0 ends a chain.
  let heads = new Int32Array(bandCount * capacity);
  let next = new Int32Array(bandCount * capacity);
  let keysOf = new Uint32Array(bandCount * capacity);
  let seen = new Uint32Array(capacity);
  let search = 0;
  let size = 0;

  const link = (row: number, band: number, key: number): void => {
    const head = band * (headMask + 1) + (key & headMask);
    next[row * bandCount + band] = heads[head] as number;
    heads[head] = row + 1;
  };
  const grow = (): void => {
    capacity *= 2;
    headMask = capacity - 1;
    heads = new Int32Array(bandCount * capacity);
    next = new Int32Array(bandCount * capacity);
    const [oldKeys, oldSeen] = [keysOf, seen];
    keysOf = new Uint32Array(bandCount * capacity);
    keysOf.set(oldKeys);
    seen = new Uint32Array(capacity);
    seen.set(oldSeen);
    for (let row = 0; row < size; row++) {
      for (let band = 0; band < bandCount; band++) link(row, band, keysOf[row * bandCount + band] as number);
    }
  };

  return {
    get size() {
      return size;
    },
    findCandidates: (keys, visit) => {
      search += 1;
      for (let band = 0; band < bandCount; band++) {
        const key = keys[band] as number;
        let entry = heads[band * (headMask + 1) + (key & headMask)] as number;
        while (entry !== 0) {
          const row = entry - 1;
          if (keysOf[row * bandCount + band] === key && seen[row] !== search) {
            seen[row] = search;
            if (visit(row)) return;
          }
          entry = next[row * bandCount + band] as number;
        }
      }
    },
    add: (keys) => {
      if (size === capacity) grow();
      for (let band = 0; band < bandCount; band++) {
        const key = keys[band] as number;
        keysOf[size * bandCount + band] = key;
        link(size, band, key);
      }
      size += 1;
    },
  };
}
