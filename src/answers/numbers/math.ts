/** What `Math` has, by the names that formulas have. */
export const { abs, floor, max, min } = Math;
