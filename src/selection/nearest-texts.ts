import { lexicalVector } from './lexical-vectors.js';

/**
 * For each text the squared Euclidean distance, from 0 to 2, to the nearest of `base` by `lexicalVector`, while the base
 * streams by once; Infinity where the base is empty. The texts are indexed, not the base, so that memory does not grow with it.
 */
export async function nearestTextDistances({
  texts,
  base,
  signal,
}: {
  texts: readonly string[];
  base: Iterable<string> | AsyncIterable<string>;
  signal?: AbortSignal | undefined;
}): Promise<Float64Array> {
  const postings = indexTexts(texts);
  const best = new Float64Array(texts.length).fill(Number.NEGATIVE_INFINITY);
  const products = new Float64Array(texts.length);
  const isTouched = new Uint8Array(texts.length);
  let count = 0;
  for await (const text of base) {
    signal?.throwIfAborted();
    count += 1;
    const touched: number[] = [];
    const { places, weights } = lexicalVector(text);
    for (let index = 0; index < places.length; index += 1) {
      const posting = postings.get(places[index] as number);
      if (posting === undefined) continue;
      const weight = weights[index] as number;
      for (let entry = 0; entry < posting.rows.length; entry += 1) {
        const row = posting.rows[entry] as number;
        if (isTouched[row] === 0) {
          isTouched[row] = 1;
          touched.push(row);
        }
        products[row] = (products[row] as number) + weight * (posting.weights[entry] as number);
      }
    }
    for (const row of touched) {
      if ((products[row] as number) > (best[row] as number)) best[row] = products[row] as number;
      products[row] = 0;
      isTouched[row] = 0;
    }
  }
  if (count === 0) return best.fill(Number.POSITIVE_INFINITY);
  // |a - b|^2 = 2 - 2 ab for vectors of length 1; rounding must not leave 1e-8 where two texts are equal
  return best.map((product) => {
    const distance = 2 - 2 * Math.max(0, product);
    return distance < 1e-6 ? 0 : distance;
  });
}

type Posting = { readonly rows: number[]; readonly weights: number[] };

function indexTexts(texts: readonly string[]): Map<number, Posting> {
  const postings = new Map<number, Posting>();
  texts.forEach((text, row) => {
    const { places, weights } = lexicalVector(text);
    places.forEach((place, index) => {
      let posting = postings.get(place);
      if (posting === undefined) {
        posting = { rows: [], weights: [] };
        postings.set(place, posting);
      }
      posting.rows.push(row);
      posting.weights.push(weights[index] as number);
    });
  });
  return postings;
}
