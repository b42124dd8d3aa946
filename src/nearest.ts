import { distance } from 'fastest-levenshtein';

/** The candidate that a mistyped word most likely means; undefined when none is near. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  let nearest: string | undefined;
  // Up to a third of the letters may be wrong, and always two.
  let limit = Math.max(2, Math.floor(word.length / 3));
  for (const candidate of candidates) {
    const steps = candidate.startsWith(word) && word.length > 1 ? 1 : distance(word, candidate);
    if (steps > limit || (nearest !== undefined && steps === limit)) continue;
    nearest = candidate;
    limit = steps;
  }
  return nearest;
}
