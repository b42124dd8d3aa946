import { createHash } from 'node:crypto';

/** The sampling seed of an item: 31 bits made of the run's seed, the stage and the item's id. */
export function itemSeed(runSeed: number, stage: string, input: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([runSeed, stage, input]))
    .digest();
  return hash.readUInt32BE(0) >>> 1;
}
