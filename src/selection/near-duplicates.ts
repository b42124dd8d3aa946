import { InputError } from '../errors.js';
import { createBandIndex } from './band-index.js';
import { duplicateSimilarity } from './duplicate-similarity.js';
import { type Bands, chooseBands } from './min-hash.js';
import { createNumberStore } from './number-store.js';
import { createRowSigner, type NearDuplicateRow, type RowSignature } from './row-signature.js';
import { createShingleSet, jaccard } from './shingle-set.js';

export type NearDuplicateOptions = {
  /** Jaccard similarity of the shingles from which on two texts are the same. @default `duplicateSimilarity` */
  readonly threshold?: number;
  /** Words a shingle. @default 3 */
  readonly shingleWords?: number;
  /**
   * `must-match`: texts whose numbers, unknowns, operators or relations ("more", "left") differ are never duplicates, however
   * similar. `ignored`: similarity alone decides. @default 'must-match'
   */
  readonly quantities?: 'must-match' | 'ignored';
};

export type NearDuplicate = {
  /** The number of the call of `add` that kept the row that is repeated, from 0. */
  readonly of: number;
  readonly similarity: number;
};

export type NearDuplicateIndex = {
  /** Compares a row with those kept so far; it is kept itself when it repeats none of them, and the result is undefined. */
  add(row: NearDuplicateRow): NearDuplicate | undefined;
  /** The same for a row whose signature is made. */
  addSigned(signature: RowSignature): NearDuplicate | undefined;
  /** Rows of which not all candidates were compared, because there were too many. */
  readonly cutCount: number;
};

/** Candidates that are compared for one row: texts of one template must not make the work quadratic. */
const mostCandidates = 512;

/**
 * Finds near-duplicates while rows stream by: MinHash and banding propose, exact Jaccard over word shingles decides, so that no
 * row is dropped by an estimate. The first of its kind stays. 4 bytes a shingle of kept rows, and 200 more a row.
 * Throws `InputError` for a threshold outside (0, 1].
 */
export function createNearDuplicateIndex(options: NearDuplicateOptions = {}): NearDuplicateIndex {
  const { threshold, bands, ...rest } = resolveNearDuplicates(options);
  const sign = createRowSigner({ bands, ...rest });
  const index = createBandIndex(bands);
  const [shingles, gates] = [createNumberStore(), createNumberStore()];
  const set = createShingleSet();
  const keptCalls: number[] = [];
  let [callCount, cutCount] = [0, 0];

  const find = ({ gate, bandKeys, shingles: own }: RowSignature): NearDuplicate | undefined => {
    let [compared, isFilled] = [0, false];
    let found: NearDuplicate | undefined;
    index.findCandidates(bandKeys, (row) => {
      const [high, low] = gates.get(row);
      if (high !== gate[0] || low !== gate[1]) return false;
      compared += 1;
      const members = shingles.get(row);
      // Sizes alone can rule a pair out.
      const [small, large] = own.length < members.length ? [own.length, members.length] : [members.length, own.length];
      if (small >= threshold * large) {
        if (!isFilled) set.fill(own);
        isFilled = true;
        const similarity = jaccard(set, members);
        if (similarity >= threshold) found = { of: keptCalls[row] as number, similarity };
      }
      if (found === undefined && compared === mostCandidates) cutCount += 1;
      return found !== undefined || compared === mostCandidates;
    });
    return found;
  };
  const addSigned = (signature: RowSignature): NearDuplicate | undefined => {
    callCount += 1;
    const found = find(signature);
    if (found !== undefined) return found;
    index.add(signature.bandKeys);
    gates.add(signature.gate);
    shingles.add(signature.shingles);
    keptCalls.push(callCount - 1);
    return undefined;
  };

  return {
    add: (row) => addSigned(sign(row)),
    addSigned,
    get cutCount() {
      return cutCount;
    },
  };
}

/** The options with their defaults, and the bands that follow from the threshold. */
export function resolveNearDuplicates({
  threshold = duplicateSimilarity,
  shingleWords = 3,
  quantities = 'must-match',
}: NearDuplicateOptions): Required<NearDuplicateOptions> & { readonly bands: Bands } {
  if (!(threshold > 0 && threshold <= 1)) {
    throw new InputError(`Cannot find duplicates by threshold ${threshold}: give one above 0 and at most 1`);
  }
  return { threshold, shingleWords, quantities, bands: chooseBands(threshold) };
}
