import type { Rational } from '../../answers/numbers/rational.js';
import type { Random } from './random.js';
import type { Amount, Work } from './work.js';

/**
 * A story is a chain of links. The first one opens it (no `takes`); each further one takes what the last one gave,
 * so that problems of one to eight steps come from the same small vocabulary.
 */
export type Link = {
  readonly id: string;
  /** Only for links that open a story. */
  readonly subject?: Subject;
  readonly takes?: Kind;
  readonly gives: Kind;
  /** Word slots that must be bound; an opening link binds them, a further one finds them bound. */
  readonly words: readonly WordSlot[];
  /** What happens, in several wordings with the same slots; empty for a bare question. */
  readonly tells: readonly string[];
  /** What is asked when this link is the last, and the same as a statement with `{answer}`. */
  readonly asks: readonly (readonly [ask: string, statement: string])[];
  /** Write values that are not whole as fractions. */
  readonly fractions?: boolean;
  /** Numbers for the slots, or undefined when this draw does not work out; `total` is what the link takes. */
  readonly draw: (random: Random, level: Level, total: number) => Numbers | undefined;
  readonly solve: (story: {
    readonly given: (slot: string) => Amount;
    readonly total: Amount;
    readonly words: Words;
    readonly work: Work;
  }) => Amount | { readonly latex: string };
};

export type Subject =
  | 'Arithmetic'
  | 'Fractions & Ratio'
  | 'Percent'
  | 'Rates & Units'
  | 'Geometry'
  | 'Counting & Probability'
  | 'Algebra'
  | 'Number Theory';

/** What a link leaves behind; nothing follows on `end`. */
export type Kind =
  | 'things'
  | 'dollars'
  | 'price'
  | 'kilometers'
  | 'minutes'
  | 'liters'
  | 'meters'
  | 'area'
  | 'people'
  | 'end';

export type WordSlot = 'who' | 'who2' | 'thing' | 'thing2' | 'color' | 'food';
export type Words = Readonly<Partial<Record<WordSlot | 'things' | 'things2', string>>>;
export type Level = 1 | 2 | 3 | 4 | 5;
export type Numbers = Readonly<Record<string, number | Rational>>;

/** Levels of pocket problems, 1 (easiest) to 5, as in MATH (Hendrycks et al., 2021). */
export const levels: readonly Level[] = [1, 2, 3, 4, 5];

/** Where the subjects belong in MATH's list (Hendrycks et al., 2021). */
export const mathSubject: Readonly<Record<Subject, string>> = {
  Arithmetic: 'Prealgebra',
  'Fractions & Ratio': 'Prealgebra',
  Percent: 'Prealgebra',
  'Rates & Units': 'Prealgebra',
  Geometry: 'Geometry',
  'Counting & Probability': 'Counting & Probability',
  Algebra: 'Algebra',
  'Number Theory': 'Number Theory',
};
