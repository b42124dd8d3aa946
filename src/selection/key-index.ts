/** A map from 64-bit keys (two unsigned halves) to whole numbers of at least 0. */
export type KeyIndex = {
  readonly size: number;
  /** The number under a key; -1 where there is none. */
  find(high: number, low: number): number;
  /** Sets the number where the key is new. Returns the one that was there before, or -1. */
  insert(high: number, low: number, value: number): number;
};

/**
 * Open addressing in three flat arrays: 12 bytes a slot at a load of at most one half. A `Map` of strings would take ten times
 * as much, and time for the garbage collector.
 */
export function createKeyIndex({ capacity = 1024 }: { capacity?: number } = {}): KeyIndex {
  let mask = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2))) - 1;
  let highs = new Uint32Array(mask + 1);
  let lows = new Uint32Array(mask + 1);
  // One more than the number, so that 0 means empty.
  let values = new Int32Array(mask + 1);
  let size = 0;

  /** The slot of a key, or the empty one where it belongs. */
  const slotOf = (high: number, low: number): number => {
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask;
    while (values[slot] !== 0 && (highs[slot] !== high || lows[slot] !== low)) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    const [oldHighs, oldLows, oldValues] = [highs, lows, values];
    mask = (mask + 1) * 2 - 1;
    highs = new Uint32Array(mask + 1);
    lows = new Uint32Array(mask + 1);
    values = new Int32Array(mask + 1);
    oldValues.forEach((value, index) => {
      if (value === 0) return;
      const [high = 0, low = 0] = [oldHighs[index], oldLows[index]];
      const slot = slotOf(high, low);
      highs[slot] = high;
      lows[slot] = low;
      values[slot] = value;
    });
  };

  return {
    get size() {
      return size;
    },
    find: (high, low) => (values[slotOf(high, low)] ?? 0) - 1,
    insert: (high, low, value) => {
      const slot = slotOf(high, low);
      const before = (values[slot] ?? 0) - 1;
      if (before >= 0) return before;
      highs[slot] = high;
      lows[slot] = low;
      values[slot] = value + 1;
      size += 1;
      if (size * 2 > mask) grow();
      return -1;
    },
  };
}
