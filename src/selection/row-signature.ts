import { hashKey } from './hash-key.js';
import { type Bands, createBandKeys } from './min-hash.js';
import { joinHash, mixHash } from './mix-hash.js';
import { quantitySignature } from './quantity-signature.js';
import { createWordList, scanWords, type WordList } from './scan-words.js';
import { createShingleSet } from './shingle-set.js';

export type NearDuplicateRow = {
  /** A text, or its words where they are read already. */
  readonly query: string | WordList;
  /** Compared along with the query, where it is given. */
  readonly response?: string | WordList | undefined;
  /** Rows of different answers are never duplicates; a row without one is compared with others without one. */
  readonly answer?: string | undefined;
};

/** All that a row is compared by. The arrays are used again for the next row: copy what is to stay. */
export type RowSignature = {
  /** 64 bits that two rows must share: quantities of the query and the answer. */
  readonly gate: Uint32Array;
  readonly bandKeys: Uint32Array;
  /** The distinct shingles as 32-bit hashes. */
  readonly shingles: Uint32Array;
};

/** Makes the signatures of rows, each by itself: this half of the work can be done by many threads. */
export function createRowSigner({
  bands,
  shingleWords,
  quantities,
}: {
  bands: Bands;
  shingleWords: number;
  quantities: 'must-match' | 'ignored';
}): (row: NearDuplicateRow) => RowSignature {
  const [queryList, responseList, set] = [createWordList(), createWordList(), createShingleSet()];
  const makeBandKeys = createBandKeys(bands);
  const gate = new Uint32Array(2);
  return ({ query, response, answer }) => {
    const queryWords = toWords(query, queryList);
    set.clear();
    set.add(queryWords, shingleWords);
    if (response !== undefined) set.add(toWords(response, responseList), shingleWords);
    const { high, low } = quantities === 'must-match' ? quantitySignature(queryWords) : { high: 0, low: 0 };
    const key = hashKey(answer === undefined ? '' : `=${answer}`);
    gate[0] = mixHash(joinHash(high, key.high));
    gate[1] = mixHash(joinHash(low, key.low));
    const bandKeys = makeBandKeys(set, gate[0]);
    return { gate, bandKeys, shingles: set.members.subarray(0, set.size) };
  };
}

function toWords(text: string | WordList, list: WordList): WordList {
  return typeof text === 'string' ? scanWords(text, list) : text;
}
