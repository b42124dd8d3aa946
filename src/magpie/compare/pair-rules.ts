/** `answers`: a right solution before a wrong one. `best-worst`: the best score before the worst, whatever they answer (Magpie's `data_po`). */
export const pairRules = ['answers', 'best-worst'] as const;

export type PairRule = (typeof pairRules)[number];
