import { InputError } from '../errors.js';
import { createBandIndex } from './band-index.js';
import { hashKey } from './hash-key.js';
import { chooseBands, createBandKeys } from './min-hash.js';
import { joinHash, mixHash } from './mix-hash.js';
import { createNumberStore } from './number-store.js';
import { quantitySignature } from './quantity-signature.js';
import { createWordList, scanWords, type WordList } from './scan-words.js';
import { createShingleSet, jaccard } from './shingle-set.js';

export type NearDuplicateOptions = {
  /** Jaccard similarity of the shingles from which on two texts are the same. @default 0.8 */
  readonly threshold?: number;
  /** Words a shingle. @default 3 */
  readonly shingleWords?: number;
  /**
   * `must-match`: texts whose numbers, unknowns, operators or relations ("more", "left") differ are never duplicates, however
   * similar. `ignored`: similarity alone decides. @default 'must-match'
   */
  readonly quantities?: 'must-match' | 'ignored';
};

export type NearDuplicateRow = {
  /** A text, or its words where they are read already. */
  readonly query: string | WordList;
  /** Compared along with the query, where it is given. */
  readonly response?: string | WordList | undefined;
  /** Rows of different answers are never duplicates; a row without one is compared with others without one. */
  readonly answer?: string | undefined;
};

export type NearDuplicateIndex = {
  /**
   * Compares a row with those kept so far. Returns the kept one that it repeats (the number of the call of `add` that kept it, from
   * 0) and their similarity; undefined when it repeats none, and then it is kept.
   */
  add(row: NearDuplicateRow): { readonly of: number; readonly similarity: number } | undefined;
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
export function createNearDuplicateIndex({
  threshold = 0.8,
  shingleWords = 3,
  quantities = 'must-match',
}: NearDuplicateOptions = {}): NearDuplicateIndex {
  if (!(threshold > 0 && threshold <= 1)) {
    throw new InputError(`Cannot find duplicates by threshold ${threshold}: give one above 0 and at most 1`);
  }
  const bands = chooseBands(threshold);
  const bandKeys = createBandKeys(bands);
  const index = createBandIndex(bands);
  const shingles = createNumberStore();
  const gates = createNumberStore();
  const [queryList, responseList, set] = [createWordList(), createWordList(), createShingleSet()];
  const gate = new Uint32Array(2);
  const keptCalls: number[] = [];
  let callCount = 0;
  let cutCount = 0;

  const readGate = (query: WordList, answer: string | undefined): void => {
    const { high, low } = quantities === 'must-match' ? quantitySignature(query) : { high: 0, low: 0 };
    const key = hashKey(answer === undefined ? '' : `=${answer}`);
    gate[0] = mixHash(joinHash(high, key.high));
    gate[1] = mixHash(joinHash(low, key.low));
  };
  const find = (keys: Uint32Array) => {
    let compared = 0;
    let found: { of: number; similarity: number } | undefined;
    index.findCandidates(keys, (row) => {
      const [high, low] = gates.get(row);
      if (high !== gate[0] || low !== gate[1]) return false;
      compared += 1;
      const similarity = similarityTo(shingles.get(row));
      if (similarity >= threshold) found = { of: keptCalls[row] as number, similarity };
      if (found === undefined && compared === mostCandidates) cutCount += 1;
      return found !== undefined || compared === mostCandidates;
    });
    return found;
  };
  const similarityTo = (members: Uint32Array): number => {
    // Sizes alone can rule a pair out.
    const [small, large] = set.size < members.length ? [set.size, members.length] : [members.length, set.size];
    return small < threshold * large ? 0 : jaccard(set, members);
  };

  return {
    add: ({ query, response, answer }) => {
      const queryWords = toWords(query, queryList);
      set.clear();
      set.add(queryWords, shingleWords);
      if (response !== undefined) set.add(toWords(response, responseList), shingleWords);
      readGate(queryWords, answer);
      const keys = bandKeys(set, gate[0] as number);
      callCount += 1;
      const found = find(keys);
      if (found !== undefined) return found;
      index.add(keys);
      gates.add(gate);
      shingles.add(set.members.subarray(0, set.size));
      keptCalls.push(callCount - 1);
      return undefined;
    },
    get cutCount() {
      return cutCount;
    },
  };
}

function toWords(text: string | WordList, list: WordList): WordList {
  return typeof text === 'string' ? scanWords(text, list) : text;
}
