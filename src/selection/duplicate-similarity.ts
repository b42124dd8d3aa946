/** Jaccard similarity of two texts from which on they are near-duplicates, wherever nothing else is said. */
export const duplicateSimilarity = 0.8;
