import {
  add,
  divide,
  multiply,
  type Rational,
  rational,
  subtract,
  toDecimalString,
  toLatex,
} from '../../answers/numbers/rational.js';

/** A number in a solution: given in the question (`slot`) or the result of an earlier step. */
export type Amount = {
  readonly value: Rational;
  readonly slot?: string;
  readonly step?: number;
  /** Written p/q even where the story writes decimals: "3/5 of them". */
  readonly isPart?: boolean;
};

export type Operation = '+' | '-' | '*' | '/' | '%';

/** `left operation right`; with `%`, `right` percent of `left`: left * right / 100. */
export type Step = {
  readonly label: string;
  readonly operation: Operation;
  readonly left: Amount;
  readonly right: Amount;
  readonly value: Rational;
};

/** A step that no inverse is known for (a square root, a remainder), already in words. */
export type Note = { readonly label: string; readonly written: string };

/** Changes one step while it is being done, to write wrong solutions that go on from their error. */
export type Slip = (step: Step, index: number) => Step;

export type Work = {
  readonly lines: readonly (Step | Note)[];
  readonly fractions: boolean;
  readonly add: (label: string, left: Amount, right: Amount) => Amount;
  readonly subtract: (label: string, left: Amount, right: Amount) => Amount;
  readonly multiply: (label: string, left: Amount, right: Amount) => Amount;
  readonly divide: (label: string, left: Amount, right: Amount) => Amount;
  readonly percent: (label: string, whole: Amount, percentage: Amount) => Amount;
  readonly note: (label: string, written: string, value?: Rational) => Amount;
};

/** Records the steps of one solution. With `fractions`, values that are not whole are written p/q, otherwise as decimals. */
export function createWork({ fractions = false, slip }: { fractions?: boolean; slip?: Slip } = {}): Work {
  const lines: (Step | Note)[] = [];
  const step = (operation: Operation) => (label: string, left: Amount, right: Amount) => {
    const planned = { label, operation, left, right, value: apply(operation, left.value, right.value) };
    const done = slip ? slip(planned, lines.length) : planned;
    lines.push(done);
    return { value: done.value, step: lines.length - 1 };
  };
  return {
    lines,
    fractions,
    add: step('+'),
    subtract: step('-'),
    multiply: step('*'),
    divide: step('/'),
    percent: step('%'),
    note: (label, written, value = rational(0)) => {
      lines.push({ label, written });
      return { value, step: lines.length - 1 };
    },
  };
}

export function constant(value: number): Amount {
  return { value: rational(value) };
}

export function apply(operation: Operation, left: Rational, right: Rational): Rational {
  if (operation === '+') return add(left, right);
  if (operation === '-') return subtract(left, right);
  if (operation === '*') return multiply(left, right);
  if (operation === '/') return divide(left, right);
  return divide(multiply(left, right), rational(100));
}

/** One line of a solution: `Cost of the pens: 3 * 4 = 12.` */
export function writeLine(line: Step | Note, fractions: boolean): string {
  if ('written' in line) return `${line.label}: ${line.written}.`;
  const [left, right] = [line.left, line.right].map((amount) => writeAmount(amount, fractions));
  const value = writeNumber(line.value, fractions);
  const middle = line.operation === '%' ? `${left} * ${right} / 100` : `${left} ${line.operation} ${right}`;
  return `${line.label}: ${middle} = ${value}.`;
}

export function writeAmount({ value, isPart = false }: Amount, fractions: boolean): string {
  return writeNumber(value, fractions || isPart);
}

/** `12`, `12.75`, `3/4`, `-2`. */
export function writeNumber(value: Rational, fractions: boolean): string {
  const decimal = fractions ? undefined : toDecimalString(value);
  if (decimal !== undefined) return decimal;
  return value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`;
}

/** The form that goes into the box: `12`, `12.75`, `\frac{3}{4}`. */
export function writeAnswer(value: Rational, fractions: boolean): string {
  return (fractions ? undefined : toDecimalString(value)) ?? toLatex(value);
}

/** Values that a person would accept in such a story: at least 0, below ten million, and at most two decimals. */
export function isTidy(value: Rational, fractions: boolean): boolean {
  if (value.numerator < 0n || value.numerator > 9_999_999n * value.denominator) return false;
  return fractions ? value.denominator <= 9_999n : 100n % value.denominator === 0n;
}

/** Values that are at least definite: a third of a dollar, but nothing below zero and nothing beyond all bounds. */
export function isDefinite({ numerator, denominator }: Rational): boolean {
  return numerator >= 0n && numerator < 10n ** 15n && denominator < 10n ** 9n;
}
