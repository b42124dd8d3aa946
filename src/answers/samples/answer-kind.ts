import { variablesOf } from '../compare/compare-scalars.js';
import { evaluateNumerically } from '../numbers/evaluate-numerically.js';
import { childrenOf, type Expression } from '../numbers/expression.js';
import { parseAnswer } from '../parse/parse-answer.js';

/** What a rewriting or mutation has to know of a gold. */
export type AnswerKind = {
  /** Its likeliest reading. */
  readonly reading: Expression;
  /** A number or formula and nothing else: no unit, list, relation or words. */
  readonly isScalar: boolean;
  /** The value of a scalar without variables, when it is real. */
  readonly value: number | undefined;
  readonly isWords: boolean;
};

const scalarKinds = new Set('number symbol constant sum product negative quotient power root call'.split(' '));

export function kindOf(gold: string): AnswerKind {
  const { readings, isMathematics } = parseAnswer(gold);
  const reading = readings[0] ?? { kind: 'text', text: gold };
  const isScalar =
    isMathematics &&
    readings.length === 1 &&
    isPlain(reading) &&
    !/\\text|\\mbox|_\{?\d|\\\$|\\%|\\circ|[=<>,$]|\.$|\\[lg]e/.test(gold);
  const number = isScalar && variablesOf(reading).size === 0 ? evaluateNumerically(reading, new Map()) : undefined;
  return {
    reading,
    isScalar,
    value: number && Math.abs(number.im) < 1e-12 ? number.re : undefined,
    isWords: !isMathematics,
  };
}

function isPlain(expression: Expression): boolean {
  if (expression.kind === 'symbol') return !expression.name.includes(' ');
  if (expression.kind === 'constant') return /^(?:pi|e|i)$/.test(expression.name);
  return scalarKinds.has(expression.kind) && childrenOf(expression).every(isPlain);
}
