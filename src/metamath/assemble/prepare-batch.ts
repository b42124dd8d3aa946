import { drawPlace } from '../../selection/choose-sample.js';
import { hashWords } from '../../selection/hash-key.js';
import { resolveNearDuplicates } from '../../selection/near-duplicates.js';
import { createOverlapIndex, type Overlap, type OverlapIndex, type TestItem } from '../../selection/overlap-index.js';
import { createRowSigner, type RowSignature } from '../../selection/row-signature.js';
import { createWordList, scanWords, type WordList } from '../../selection/scan-words.js';
import { type JsonObject, parseJsonObject } from '../../storage/read-jsonl.js';
import { type AssembledRow, checkRow, type RowFault } from './check-row.js';
import type { AssemblyRecipe } from './recipe.js';

/** What the preparation of rows needs to know; plain data, so that it can go to a thread. */
export type PrepareOptions = {
  readonly recipe: AssemblyRecipe;
  readonly tests: readonly TestItem[];
  /** Bring along id, query and response of every row, for the file of dropped rows. */
  readonly needsTexts: boolean;
};

export type RowTexts = { readonly id: unknown; readonly query: unknown; readonly response: unknown };

/** A row judged by itself. */
export type PreparedRow = {
  readonly type: string;
  readonly rule: string | undefined;
  /** Why it is left out, when nothing but the row and the test sets need be known; `bad` holds the reason of a bad line. */
  readonly fault: RowFault | 'contaminated' | 'bad' | undefined;
  readonly bad?: string;
  readonly leak?: { readonly field: string; readonly overlap: Overlap };
  readonly texts?: RowTexts;
};

/** Rows judged by themselves, and what the sound ones are compared by: one entry of each list for each of these. */
export type PreparedBatch = {
  readonly rows: readonly PreparedRow[];
  /** As they are to be written, one JSON line each. */
  readonly lines: readonly string[];
  /** Two halves of the key of exact duplicates. */
  readonly keys: Uint32Array;
  readonly places: Float64Array;
  /** Signatures for near-duplicates one after another; all empty when the recipe does not compare. */
  readonly gates: Uint32Array;
  readonly bandKeys: Uint32Array;
  readonly shingles: Uint32Array;
  /** Where the shingles of each row end. */
  readonly shingleEnds: Uint32Array;
};

/** Makes a function that judges rows by themselves. It holds no state that decides, so that any thread may do any batch. */
export function createPreparer({
  recipe,
  tests,
  needsTexts,
}: PrepareOptions): (texts: readonly string[]) => PreparedBatch {
  const { duplicates, decontamination, seed } = recipe;
  const findLeak = createLeakFinder(tests, decontamination);
  const isCompared = duplicates.compare !== 'none';
  const sign = isCompared ? createRowSigner(resolveNearDuplicates(duplicates)) : undefined;
  const [query, response] = [createWordList(), createWordList()];

  return (texts) => {
    const rows: PreparedRow[] = [];
    const lines: string[] = [];
    const [keys, places, gates, bandKeys, shingleEnds]: number[][] = [[], [], [], [], []];
    const shingles: Uint32Array[] = [];
    let shingleCount = 0;
    const addSigned = ({ gate, bandKeys: own, shingles: members }: RowSignature): void => {
      gates?.push(...gate);
      bandKeys?.push(...own);
      shingles.push(members.slice());
      shingleCount += members.length;
      shingleEnds?.push(shingleCount);
    };
    for (const text of texts) {
      const fields = parseJsonObject(text);
      if (typeof fields === 'string') {
        rows.push({ type: '', rule: undefined, fault: 'bad', bad: fields });
        continue;
      }
      const { type, rule, fault, answer, row } = checkRow(fields, { recipe });
      const more = needsTexts ? { texts: textsOf(fields) } : {};
      if (row === undefined) {
        rows.push({ type, rule, fault: fault ?? 'left-out', ...more });
        continue;
      }
      scanWords(row.query, query);
      scanWords(row.response, response);
      const leak = findLeak?.(row, { query, response });
      if (leak !== undefined) {
        rows.push({ type, rule, fault: 'contaminated', leak, ...more });
        continue;
      }
      const key = hashWords(query, response);
      rows.push({ type, rule, fault: undefined, ...more });
      lines.push(`${JSON.stringify(row)}\n`);
      keys?.push(key.high, key.low);
      places?.push(drawPlace(key, seed));
      if (sign === undefined) continue;
      addSigned(sign({ query, response: duplicates.compare === 'query' ? undefined : response, answer }));
    }
    return {
      rows,
      lines,
      keys: Uint32Array.from(keys ?? []),
      places: Float64Array.from(places ?? []),
      gates: Uint32Array.from(gates ?? []),
      bandKeys: Uint32Array.from(bandKeys ?? []),
      shingles: concatenate(shingles, shingleCount),
      shingleEnds: Uint32Array.from(shingleEnds ?? []),
    };
  };
}

function textsOf({ id = null, query = null, response = null }: JsonObject): RowTexts {
  return { id, query, response };
}

function concatenate(parts: readonly Uint32Array[], length: number): Uint32Array {
  const whole = new Uint32Array(length);
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

type Words = { readonly query: WordList; readonly response: WordList };
type LeakFinder = (row: AssembledRow, words: Words) => PreparedRow['leak'] | undefined;

/** Original questions whose overlap is remembered: one stands behind dozens of rows. */
const mostRemembered = 50_000;

function createLeakFinder(
  tests: readonly TestItem[],
  { words: runLength, fields }: AssemblyRecipe['decontamination'],
): LeakFinder | undefined {
  if (tests.length === 0) return undefined;
  const overlaps = createOverlapIndex({ items: tests, words: runLength });
  const findOriginal = remember(overlaps);
  return (row, words) => {
    for (const field of fields) {
      const isLookedUp =
        field === 'original_question' && row.original_question === row.query && fields.includes('query');
      if (isLookedUp) continue;
      const overlap =
        field === 'original_question' ? findOriginal(row.original_question) : overlaps.find(row[field], words[field]);
      if (overlap !== undefined) return { field, overlap };
    }
    return undefined;
  };
}

function remember(overlaps: OverlapIndex): (text: string) => Overlap | undefined {
  const known = new Map<string, Overlap | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    const found = overlaps.find(text);
    if (known.size < mostRemembered) known.set(text, found);
    return found;
  };
}
