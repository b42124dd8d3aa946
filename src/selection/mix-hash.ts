/** murmur3's final mix: every bit of the result depends on every bit of `hash`. 32 bits, unsigned. */
export function mixHash(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The hash of a sequence so far and its next member; the order counts. */
export function joinHash(hash: number, next: number): number {
  return Math.imul(Math.imul(hash, 31) + next + 0x9e3779b9, 0x2c1b3c6d) ^ (hash >>> 15);
}
