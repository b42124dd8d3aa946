import { InputError } from '../errors.js';
import { createKeyIndex, type KeyIndex } from './key-index.js';
import { mixHash } from './mix-hash.js';
import { overlapWords } from './overlap-words.js';
import { createWordList, reserveWords, scanWords, type WordList, wordKind } from './scan-words.js';

/** A text that must not be trained on. */
export type TestItem = { readonly id: string; readonly text: string; readonly file?: string };

export type Overlap = {
  readonly item: TestItem;
  /** `same`: the whole texts are equal but for case, spaces and punctuation. `overlap`: they share a run of words. */
  readonly kind: 'same' | 'overlap';
  /** What both share, as it stands in the text that was looked up. */
  readonly text: string;
  /** Words of the shared run; operators and brackets do not count. */
  readonly wordCount: number;
};

export type OverlapIndex = {
  /**
   * The longest run of at least `words` words that a text shares with a test item, or the item that it equals. `scanned`: the
   * words of the text, where they are read already.
   */
  find(text: string, scanned?: WordList): Overlap | undefined;
};

/**
 * Looks up texts among test items by runs of words, as in decontamination for language models (13 words in Brown et al. 2020,
 * appendix C; 8 in others). Texts are normalised as `scanWords` says: case, punctuation, `$` and LaTeX's typesetting do not
 * count, numbers do. An item of fewer words is found only when the whole texts are the same. Throws `InputError` when
 * `words` is no whole number from 3 to 50.
 */
export function createOverlapIndex({
  items,
  words = overlapWords,
}: {
  items: readonly TestItem[];
  words?: number;
}): OverlapIndex {
  if (!Number.isInteger(words) || words < 3 || words > 50) {
    throw new InputError(`Cannot compare runs of ${words} words: give a whole number from 3 to 50`);
  }
  const runs = createKeyIndex();
  const wholes = createKeyIndex();
  const itemWords: Uint32Array[] = [];
  /** Of each run in the index: its item and where it starts there. */
  const runItems: number[] = [];
  const runStarts: number[] = [];
  const highs: number[] = [];
  const [whole, list] = [createWordList(), createWordList()];
  items.forEach((item, index) => {
    scanWords(item.text, whole);
    insertWhole(wholes, whole, index);
    copyWithoutSymbols(whole, list);
    itemWords.push(list.hashes.slice(0, list.count));
    eachRun(list, words, (start, high, low) => {
      if (runs.insert(high, low, runItems.length) >= 0) return;
      highs.push(high);
      runItems.push(index);
      runStarts.push(start);
    });
  });

  // Eight bits a run, one of them set.
  const filterMask = 2 ** Math.ceil(Math.log2(Math.max(64, highs.length * 8))) - 1;
  const filter = new Uint32Array((filterMask + 1) / 32);
  for (const high of highs)
    filter[(high & filterMask) >>> 5] = (filter[(high & filterMask) >>> 5] as number) | (1 << (high & 31));

  return {
    find: (text, scanned) => {
      const all = scanned ?? scanWords(text, whole);
      const twin = findWhole(wholes, all);
      const same = twin < 0 ? undefined : items[twin];
      copyWithoutSymbols(all, list);
      if (same !== undefined) return { item: same, kind: 'same', text: text.trim(), wordCount: list.count };
      let best: { item: number; start: number; length: number } | undefined;
      eachRun(list, words, (start, high, low) => {
        // Nearly all runs are in no test item; the filter fits in the processor's cache, the index does not.
        if (((filter[(high & filterMask) >>> 5] as number) & (1 << (high & 31))) === 0) return;
        const run = runs.find(high, low);
        if (run < 0 || (best !== undefined && start + words <= best.start + best.length)) return;
        const item = runItems[run] as number;
        const length = sharedLength(list, start, itemWords[item] as Uint32Array, runStarts[run] as number);
        if (length >= words && length > (best?.length ?? 0)) best = { item, start, length };
      });
      if (best === undefined) return undefined;
      const { item, start, length } = best;
      const shared = text.slice(list.starts[start], list.ends[start + length - 1]);
      return { item: items[item] as TestItem, kind: 'overlap', text: shared, wordCount: length };
    },
  };
}

/** Leaves out operators and brackets: `x + 2 = 5` would be a run of five. */
function copyWithoutSymbols({ count, hashes, kinds, starts, ends }: WordList, into: WordList): void {
  reserveWords(into, count);
  let copied = 0;
  for (let index = 0; index < count; index++) {
    if (kinds[index] === wordKind.symbol) continue;
    into.hashes[copied] = hashes[index] as number;
    into.starts[copied] = starts[index] as number;
    into.ends[copied] = ends[index] as number;
    copied += 1;
  }
  into.count = copied;
}

const [highBase, lowBase] = [0x01000193, 0x2c1b3c6d];

/** Calls `visit` for each run of `length` words with 64 bits that tell it from others: two rolling polynomial hashes. */
function eachRun(
  { count, hashes }: WordList,
  length: number,
  visit: (start: number, high: number, low: number) => void,
): void {
  let [highDrop, lowDrop] = [1, 1];
  for (let power = 0; power < length; power++) {
    highDrop = Math.imul(highDrop, highBase);
    lowDrop = Math.imul(lowDrop, lowBase);
  }
  let [high, low] = [0, 0];
  for (let index = 0; index < count; index++) {
    const hash = hashes[index] as number;
    high = (Math.imul(high, highBase) + hash) | 0;
    low = (Math.imul(low, lowBase) + hash) | 0;
    if (index >= length) {
      const old = hashes[index - length] as number;
      high = (high - Math.imul(highDrop, old)) | 0;
      low = (low - Math.imul(lowDrop, old)) | 0;
    }
    if (index >= length - 1) visit(index - length + 1, mixHash(high), mixHash(low));
  }
}

/** How many words agree from here on: a hash proposes, the words decide. */
function sharedLength(list: WordList, start: number, item: Uint32Array, itemStart: number): number {
  let length = 0;
  while (
    start + length < list.count &&
    itemStart + length < item.length &&
    list.hashes[start + length] === item[itemStart + length]
  )
    length += 1;
  return length;
}

function insertWhole(wholes: KeyIndex, list: WordList, item: number): void {
  if (list.count > 0) eachRun(list, list.count, (_, high, low) => wholes.insert(high, low, item));
}

function findWhole(wholes: KeyIndex, list: WordList): number {
  let found = -1;
  if (list.count > 0) eachRun(list, list.count, (_, high, low) => (found = wholes.find(high, low)));
  return found;
}
