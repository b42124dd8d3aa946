/**
 * Questions on which published graders disagree. Each is an option with a name; docs/grading.md says which suites want
 * what and why the default is the default.
 */
export type AnswerPolicy = {
  /** `10%` equals 10 (`number`), 0.1 (`fraction`) or both (`either`). */
  readonly percent: 'either' | 'number' | 'fraction';
  /** Whether `1, 2` equals `2, 1`. Tuples in parentheses always keep their order, sets in braces never do. */
  readonly listOrder: 'free' | 'kept';
  /** Whether `\frac{2}{4}` is right where the gold is `\frac{1}{2}`. */
  readonly unreducedFractions: 'accept' | 'reject';
  /** Two numbers count as equal when they differ by at most this share of the gold; 0 compares exactly. */
  readonly relativeTolerance: number;
  /**
   * A decimal of at least this many places counts as equal to an exact number that it is the rounding of
   * (0.333333 for 1/3); 0 never accepts a rounding.
   */
  readonly roundedDecimalPlaces: number;
  /** Whether `5` equals `5 cm`; two different units never agree. */
  readonly missingUnits: 'accept' | 'reject';
  /** Whether `52` equals `52_8` (the digits agree, the subscript is missing). */
  readonly missingBase: 'accept' | 'reject';
  /** Whether `90^\circ` equals `\frac{\pi}{2}`. A bare 90 for `90^\circ` is a missing unit. */
  readonly degreesAsRadians: 'accept' | 'reject';
  /**
   * What `a + 2z = 2z + a = 101` answers: nothing but itself (`whole`), or 101 (`last`). A chain about a name (`x = 2 + 3 = 5`) or about
   * numbers alone (`2 + 3 = 5`) always gives its last member.
   */
  readonly equationChains: 'whole' | 'last';
  /** How `\frac919` reads: as TeX does (9/1 · 9), as people label it (9/19), or either. */
  readonly unbracedFractions: 'either' | 'tex' | 'people';
  /** Which boxes of a response make its answer: the last one, the last ones joined by "and" or commas, or all. */
  readonly boxes: 'joined' | 'last' | 'all';
  /** Whether an answer inside `<think>` counts when the text after `</think>` has none. */
  readonly thinking: 'ignore' | 'fallback';
};

/** The policy where nothing else is said (docs/grading.md). */
export const defaultPolicy: AnswerPolicy = {
  percent: 'either',
  listOrder: 'free',
  unreducedFractions: 'accept',
  relativeTolerance: 0,
  roundedDecimalPlaces: 6,
  missingUnits: 'accept',
  missingBase: 'reject',
  degreesAsRadians: 'accept',
  equationChains: 'whole',
  unbracedFractions: 'either',
  boxes: 'joined',
  thinking: 'ignore',
};
