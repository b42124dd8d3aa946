/** A seed of 32 bits for sample i of a request: a mixing step between them, so that neighbours have nothing in common. */
export function sampleSeed(seed: number, sample: number): number {
  // Finaliser of MurmurHash3 (Appleby): every bit of the input changes half of the bits of the result.
  let mixed = (Math.trunc(seed) ^ Math.imul(sample + 1, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  // llama.cpp takes 0xFFFFFFFF for "any seed".
  return ((mixed ^ (mixed >>> 16)) >>> 0) % 0xffffffff;
}
