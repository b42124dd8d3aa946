import { hashText } from '../problems/pocket/random.js';

/** A sparse vector of length 1: `places` ascending, a weight each. All zeros for a text without a word. */
export type SparseVector = { readonly places: Uint32Array; readonly weights: Float32Array };

const dimensions = 2 ** 18;

/** How reports call this embedding: nobody shall take it for a learnt one. */
export const lexicalEmbeddingName = 'lexical hashing (no model)';

/**
 * An embedding that needs no model: words, numbers, signs and pairs of neighbours hashed into 2^18 dimensions, weighed
 * 1 + ln(count), scaled to length 1 (the hashing trick: Weinberger et al., 2009, arXiv:0902.2206, without signs). It sees
 * wording, not meaning: a rephrasing is as far away as another problem.
 */
export function lexicalVector(text: string): SparseVector {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+|\d+(?:[.,]\d+)*|[^\s\p{L}\p{M}\d]/gu) ?? [];
  const counts = new Map<number, number>();
  const add = (feature: string): void => {
    const place = hashText(feature, 7) % dimensions;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  };
  words.forEach((word, index) => {
    add(word);
    const following = words[index + 1];
    if (following !== undefined) add(`${word} ${following}`);
  });
  const entries = [...counts].sort(([left], [right]) => left - right);
  const weights = Float32Array.from(entries, ([, count]) => 1 + Math.log(count));
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  return { places: Uint32Array.from(entries, ([place]) => place), weights: weights.map((weight) => weight / length) };
}
