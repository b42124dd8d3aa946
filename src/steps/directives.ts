export const directiveWords = ['boxed', 'steps', 'none'] as const;

/** `boxed`: step by step, answer in \boxed{}; `steps`: step by step; `none`: the problem alone, as the original asks. */
export type Directive = (typeof directiveWords)[number];
