/** How a quantity is written; money and percent count before the form of their number. */
export type QuantityKind =
  | 'integer'
  | 'thousands'
  | 'decimal'
  | 'fraction'
  | 'mixed'
  | 'money'
  | 'percent'
  | 'word'
  | 'word-fraction';

export type Quantity = {
  /** UTF-16 offsets into the question: `question.slice(start, end) === original`. */
  readonly span: readonly [start: number, end: number];
  readonly original: string;
  /** The same number in a bare form: `1200`, `0.50`, `5/2` for `2 1/2`, `12` for `a dozen`. */
  readonly value: string;
  readonly kind: QuantityKind;
};

/** A number as it stands in the text, before anybody asks whether it is a quantity of its own. */
export type Numeral = Quantity & { readonly isWord: boolean };
