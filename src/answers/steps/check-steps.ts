import { type Rational, toDecimalString, toLatex } from '../numbers/rational.js';
import { equationHolds } from './equation-holds.js';
import { findForeignNumber } from './find-foreign-number.js';
import { type KnownNumbers, knownNumbers } from './known-numbers.js';
import { readEquations, type StepEquation } from './read-sides.js';
import { readTokens, type StepToken } from './read-tokens.js';

/**
 * A step that a reader would not follow. `false`: its sides differ, `value` is what the left one is. `from-nowhere`: it
 * computes with a number (`value`) that neither the question nor an earlier line has, or with 1 or itself for nothing.
 */
export type BrokenStep = {
  /** As it stands in the response. */
  readonly text: string;
  /** Where, in UTF-16 units. */
  readonly span: readonly [start: number, end: number];
  readonly fault: 'false' | 'from-nowhere';
  readonly value: string;
};

/** What the lines of work of a response come to. */
export type StepCheck = {
  /** Equations between numbers that could be computed. */
  readonly checked: number;
  readonly broken: readonly BrokenStep[];
};

/** Of longer responses the beginning is looked at. In UTF-16 units. */
const mostText = 100_000;

/**
 * Computes every equation between numbers in a response (`294 * 18557 = 5460658`, `\frac{3}{5} \times 15 = 9`,
 * `20% of 50 = $10`, GSM8K's `<<48/2=24>>`), exactly; what is shown in decimals may be rounded, units may change, and
 * counting on (`3 + 4 = 7 + 2 = 9`) is followed. Given the question, it also looks where the numbers come from. What cannot
 * be read whole (unknowns, prose between signs) is not counted. A right equation may still be the wrong way. Never throws;
 * linear in the length of the text.
 */
export function checkSteps(response: string, { question }: { readonly question?: string | undefined } = {}): StepCheck {
  const text = response.slice(0, mostText);
  // an annotation stands between an equals sign and its number: without it the sentence reads through
  const plain = text.replace(annotation, (found) => '\u0001'.repeat(found.length));
  const known = question === undefined ? undefined : knownNumbers(question.slice(0, mostText));
  const steps = [...findSteps(plain, { whole: text, offset: 0, known })];
  for (const found of text.matchAll(annotation)) {
    steps.push(...findSteps(found[1] ?? '', { whole: text, offset: found.index + 2, known: undefined }));
  }
  const distinct = new Map<string, FoundStep>();
  for (const step of steps) if (!distinct.has(step.key)) distinct.set(step.key, step);
  const broken = [...distinct.values()].flatMap((step) => step.broken ?? []);
  return { checked: distinct.size, broken: broken.sort((one, other) => one.span[0] - other.span[0]) };
}

const annotation = /<<([^<>\n]{1,200})>>/g;

type FoundStep = { readonly key: string; readonly broken: BrokenStep | undefined };
type Place = { readonly whole: string; readonly offset: number; readonly known: KnownNumbers | undefined };

function* findSteps(text: string, { whole, offset, known }: Place): Generator<FoundStep> {
  for (const { tokens, isRounded, from } of splitIntoSegments(text)) {
    for (const equation of readEquations(tokens)) {
      const result = equationHolds(equation, { isRounded });
      if (result === undefined) continue;
      const foreign = known && findForeignNumber(equation, known);
      known?.learn(result.value);
      const span = [offset + from + equation.left.start, offset + from + equation.right.end] as const;
      const shown = whole.slice(...span).replace(annotation, '');
      const step = { text: shown, span };
      const broken: BrokenStep | undefined = !result.holds
        ? { ...step, fault: 'false', value: write(result.value) }
        : foreign && { ...step, fault: 'from-nowhere', value: write(foreign) };
      yield { key: keyOf(equation), broken };
    }
    // what a line states is known from there on
    if (known !== undefined) for (const token of tokens) if (token.kind === 'number') known.learn(token.value);
  }
}

const write = (value: Rational): string => toDecimalString(value) ?? toLatex(value);

/** Two writings of one step, such as an annotation and the sentence around it, are one. */
function keyOf({ left, right }: StepEquation): string {
  const side = (tokens: readonly StepToken[]): string =>
    tokens
      .map((token) => (token.kind === 'number' ? `${token.value.numerator}/${token.value.denominator}` : token.kind))
      .join(' ');
  return `${side(left.tokens)} = ${side(right.tokens)}`;
}

type Segment = { readonly tokens: readonly StepToken[]; readonly isRounded: boolean; readonly from: number };

/** Words that say that something is rounded. */
const rounding = /round|approx|nearest|about|whole|floor|ceil|up to|at least|at most/i;

/** What can belong together, line by line. */
function* splitIntoSegments(text: string): Generator<Segment> {
  let start = 0;
  for (const line of text.split('\n')) {
    const from = start;
    start += line.length + 1;
    if (!/\d/.test(line)) continue;
    const isRounded = rounding.test(line);
    // "- 3 + 4 = 7" is an item of a list
    const bullet = /^\s*[-*+•]\s+/.exec(line)?.[0].length ?? 0;
    let segment: StepToken[] = [];
    for (const token of readTokens(' '.repeat(bullet) + line.slice(bullet))) {
      if (token.kind !== 'break') segment.push(token);
      else {
        if (segment.length > 0) yield { tokens: segment, isRounded, from };
        segment = [];
      }
    }
    if (segment.length > 0) yield { tokens: segment, isRounded, from };
  }
}
