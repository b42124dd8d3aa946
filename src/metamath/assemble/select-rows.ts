import { drawPlace } from '../../selection/choose-sample.js';
import { hashWords } from '../../selection/hash-key.js';
import { createKeyIndex } from '../../selection/key-index.js';
import { createNearDuplicateIndex } from '../../selection/near-duplicates.js';
import type { Overlap, OverlapIndex } from '../../selection/overlap-index.js';
import { createWordList, scanWords, type WordList } from '../../selection/scan-words.js';
import type { AssembledRow } from './check-row.js';
import type { AssemblyRecipe } from './recipe.js';

export type Selected =
  /** Kept so far; `place` is its place in the draw for the quota. */
  | { readonly reason: undefined; readonly place: number }
  /** Says again what an earlier row says; `of` is the label of that row. */
  | { readonly reason: 'exact-duplicate' | 'near-duplicate'; readonly of: number; readonly similarity: number }
  | { readonly reason: 'contaminated'; readonly field: string; readonly overlap: Overlap };

export type RowSelector = {
  /** `label` is a number by which the caller knows the row again. */
  select(row: AssembledRow, given: { readonly answer: string | undefined; readonly label: number }): Selected;
  readonly cutCount: number;
};

/**
 * Takes checked rows one by one: exact duplicates go, then those that overlap with a test item, then near-duplicates.
 * Decontamination comes before near-duplicates, or a clean row would be dropped as a copy of one that then goes itself.
 */
export function createRowSelector({
  recipe: { duplicates, decontamination, seed },
  overlaps,
}: {
  recipe: AssemblyRecipe;
  overlaps: OverlapIndex | undefined;
}): RowSelector {
  const seen = createKeyIndex({ capacity: 65_536 });
  const near = duplicates.compare === 'none' ? undefined : createNearDuplicateIndex(duplicates);
  /** Label of the row of each call of `near.add`. */
  const labels: number[] = [];
  const findOverlap = overlaps && rememberLookups(overlaps);

  const [queryWords, responseWords] = [createWordList(), createWordList()];

  const findLeak = (row: AssembledRow): { field: string; overlap: Overlap } | undefined => {
    const { fields } = decontamination;
    for (const field of findOverlap === undefined ? [] : fields) {
      const isLookedUp =
        field === 'original_question' && row.original_question === row.query && fields.includes('query');
      if (isLookedUp) continue;
      const overlap = findOverlap?.(row, field, { query: queryWords, response: responseWords });
      if (overlap !== undefined) return { field, overlap };
    }
    return undefined;
  };

  return {
    select: (row, { answer, label }) => {
      scanWords(row.query, queryWords);
      scanWords(row.response, responseWords);
      const key = hashWords(queryWords, responseWords);
      const twin = seen.insert(key.high, key.low, label);
      if (twin >= 0) return { reason: 'exact-duplicate', of: twin, similarity: 1 };
      const leak = findLeak(row);
      if (leak !== undefined) return { reason: 'contaminated', ...leak };
      if (near !== undefined) {
        labels.push(label);
        const response = duplicates.compare === 'query+response' ? responseWords : undefined;
        const found = near.add({ query: queryWords, response, answer });
        if (found !== undefined) {
          return { reason: 'near-duplicate', of: labels[found.of] as number, similarity: found.similarity };
        }
      }
      return { reason: undefined, place: drawPlace(key, seed) };
    },
    get cutCount() {
      return near?.cutCount ?? 0;
    },
  };
}

type Field = AssemblyRecipe['decontamination']['fields'][number];
type ReadWords = { readonly query: WordList; readonly response: WordList };

/** Original questions whose overlap is remembered: one stands behind dozens of rows. */
const mostRemembered = 50_000;

function rememberLookups(overlaps: OverlapIndex) {
  const known = new Map<string, Overlap | undefined>();
  return (row: AssembledRow, field: Field, words: ReadWords): Overlap | undefined => {
    if (field !== 'original_question') return overlaps.find(row[field], words[field]);
    const text = row.original_question;
    if (known.has(text)) return known.get(text);
    const found = overlaps.find(text);
    if (known.size < mostRemembered) known.set(text, found);
    return found;
  };
}
