/** What `Math` has, by the names that formulas have. */
export const { PI, abs, floor, max, min, round, sqrt } = Math;
