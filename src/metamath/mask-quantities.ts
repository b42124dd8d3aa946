import { findQuantities, type Quantity } from './find-quantities.js';
import { findRepeats, type Repeats } from './quantities/find-repeats.js';

export type MaskedQuestion = Quantity &
  Repeats & {
    /** The question with the variable in place of one quantity. */
    readonly masked: string;
    readonly variable: string;
  };

/** Letters that read as unknowns; `a` and `i` are words, `o` looks like a zero. */
const unknowns = ['x', 'y', 'z', 'n', 'k', 'm', 'p', 'q', 't', 'u', 'v', 'w'] as const;

/**
 * The backward questions of a question: one for each quantity, with the quantity replaced by an unknown (FOBAR, Jiang et al. 2023;
 * Self-Verification, Weng et al. 2023; section 3.3 of MetaMath, Yu et al. 2023). The unknown is `x` unless the question, or a text that is
 * to stand `alongside` it, speaks of an x of its own; then it is the next letter that is free. Putting `original` back in place of the
 * variable at `span[0]` gives the question again, byte for byte (`unmask`).
 *
 * @example maskQuantities('Tom has 3 pens and buys 4 more. How many pens has Tom?').length // 2
 */
export function maskQuantities(
  question: string,
  { alongside = '' }: { readonly alongside?: string } = {},
): readonly MaskedQuestion[] {
  const variable = unknowns.find((letter) => !isUsed(letter, question) && !isUsed(letter, alongside));
  if (variable === undefined) return [];
  const quantities = findQuantities(question);
  const repeats = findRepeats(question, quantities);
  return quantities.map((quantity, index) => ({
    ...quantity,
    repeats: repeats[index]?.repeats ?? [],
    isToldTwice: repeats[index]?.isToldTwice ?? false,
    masked: question.slice(0, quantity.span[0]) + variable + question.slice(quantity.span[1]),
    variable,
  }));
}

/** The question that a masked question was made of. */
export function unmask({
  masked,
  span,
  original,
  variable,
}: Pick<MaskedQuestion, 'masked' | 'span' | 'original' | 'variable'>): string {
  return masked.slice(0, span[0]) + original + masked.slice(span[0] + variable.length);
}

/** Whether a text speaks of a letter as a word or symbol of its own, in either case: `3x`, `X`, not `box` or `\times`. */
export function isUsed(letter: string, question: string): boolean {
  return new RegExp(`(?<![\\p{L}\\\\'’])${letter}(?!\\p{L})`, 'iu').test(question);
}
