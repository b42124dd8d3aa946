import type { Problem } from '../problems/problem.js';
import { maskLikeMetamath } from './mask-like-metamath.js';
import { maskQuantities } from './mask-quantities.js';
import type { QuantityKind } from './quantities/quantity.js';

export type BackwardRow = {
  readonly id: string;
  readonly question: string;
  readonly masked: string;
  /** UTF-16 offsets into `question`. */
  readonly span: readonly [start: number, end: number];
  readonly original: string;
  /** `x`, or another letter where the question has an x of its own. */
  readonly variable: string;
  /** The answer of the original question; null where nobody knows it. */
  readonly answer: string | null;
  /** The masked number in a bare form: what the variable is. */
  readonly value: string;
  readonly kind: QuantityKind;
  /** Where else in `question` the same value stands. */
  readonly repeats: readonly (readonly [start: number, end: number])[];
  /** Whether one of these places tells the same fact again and so gives the masked number away. */
  readonly toldTwice: boolean;
};

/** The masked questions of problems as rows of a file; no model is asked. */
export function* backwardRows(problems: Iterable<Problem>): Generator<BackwardRow> {
  for (const { id, question, answer } of problems) {
    for (const { masked, span, original, variable, value, kind, repeats, isToldTwice } of maskQuantities(question)) {
      yield {
        id: `${id}:${span[0]}-${span[1]}`,
        question,
        masked,
        span,
        original,
        variable,
        answer: answer ?? null,
        value,
        kind,
        repeats,
        toldTwice: isToldTwice,
      };
    }
  }
}

/** The same rows by the published code of MetaMath; `variable` is all that stands in place of `original`. */
export function* publishedBackwardRows(
  problems: Iterable<Problem>,
  { dataset }: { dataset: 'gsm8k' | 'math' },
): Generator<BackwardRow> {
  for (const { id, question, answer } of problems) {
    for (const { masked, span, original, variable, value, kind } of maskLikeMetamath(question, { dataset })) {
      const row = { id: `${id}:${span[0]}-${span[1]}`, question, masked, span, original, variable };
      yield { ...row, answer: answer ?? null, value, kind, repeats: [], toldTwice: false };
    }
  }
}
