export type Quantity = {
  /** UTF-16 offsets into the question: `question.slice(start, end) === original`. */
  readonly span: readonly [start: number, end: number];
  readonly original: string;
  /** The same number in a bare form: no thousands separators, a mixed number as one fraction. */
  readonly value: string;
};

/**
 * The quantities of a question, left to right: integers, decimals, thousands, fractions (`3/4`, `2 1/2`, `\frac{3}{4}`).
 * Sign, currency, percent and unit lie outside the span. A number that is a piece of a larger token (`10-minute`, `5th`,
 * `10:30`, `3x`, `2^{5}`, `COVID-19`, `3/4/2018`) is no quantity of its own: what remained after masking it would not be
 * a word that anybody writes.
 */
export function findQuantities(question: string): readonly Quantity[] {
  const quantities: Quantity[] = [];
  const drawings = findDrawings(question);
  const starts = /\\[dt]?frac|\.?[0-9]/g;
  for (let found = starts.exec(question); found; found = starts.exec(question)) {
    const start = found.index;
    const original = readNumber(question, start);
    if (original === undefined) continue;
    const end = start + original.length;
    starts.lastIndex = end;
    const isDrawn = drawings.some(([from, to]) => start >= from && end <= to);
    if (isDrawn || /^0[0-9]/.test(original)) continue; // 007 is a name
    if (!isFreeOnTheLeft(question, start) || !isFreeOnTheRight(question, end)) continue;
    quantities.push({ span: [start, end], original, value: bareValue(original) });
  }
  return quantities;
}

/** The `[asy]` drawings of MATH hold coordinates, not quantities. Searched by indexOf: linear, whatever the text. */
function findDrawings(question: string): readonly (readonly [number, number])[] {
  const drawings: (readonly [number, number])[] = [];
  for (let from = question.indexOf('[asy]'); from !== -1; ) {
    const close = question.indexOf('[/asy]', from);
    const to = close === -1 ? question.length : close;
    drawings.push([from, to]);
    from = question.indexOf('[asy]', to);
  }
  return drawings;
}

const forms: readonly RegExp[] = [
  /\\[dt]?frac(?:\{[0-9]+\}\{[0-9]+\}|[0-9]{2}(?![0-9]))/y,
  /[0-9]{1,3} [0-9]+\/[0-9]+/y,
  /[0-9]+\/[0-9]+/y,
  /[0-9]{1,3}(?:[,\u00A0\u202F][0-9]{3})+(?:\.[0-9]+)?/y,
  /[0-9]+(?:\.[0-9]+)?/y,
  /\.[0-9]+/y,
];

function readNumber(question: string, start: number): string | undefined {
  for (const form of forms) {
    form.lastIndex = start;
    const text = form.exec(question)?.[0];
    // "5 7/2" are two numbers, "2 1/2" is one
    if (text !== undefined && (!text.includes(' ') || isProperMixed(text))) return text;
  }
  return undefined;
}

function isProperMixed(text: string): boolean {
  const [, top = '', bottom = ''] = /^[0-9]+ ([0-9]+)\/([0-9]+)$/.exec(text) ?? [];
  return Number(top) > 0 && Number(top) < Number(bottom);
}

const glue = '\\p{L}\\p{N}\\p{M}_';
/** A joint is harmless after a space (the minus of "-5"), but not after a letter or a digit ("COVID-19", "10:30"). */
const boundLeft = new RegExp(
  `(?:[${glue}#^@&]|[${glue})}][-\u2212\u2010-\u2013/:.,'\u2019]|[${glue}][([]|[^\\\\]\\{|^\\{)$`,
  'u',
);
const boundRight = new RegExp(
  `^(?:[${glue}^@#&{}(\\[\\\\]|[-\u2212\u2010-\u2013/:,'\u2019][${glue}({\\\\]|\\.[\\p{N}\\p{Ll}]|![^\\s"'\u2019\u201D).]| 0[0-9]{2}(?![0-9]))`,
  'u',
);
/** LaTeX that may follow a number and leaves it a token of its own: units, spaces, operators, closing delimiters. */
const latexAfter =
  /^(?:\^(?:\\circ|\{\\circ\})|\\(?:[%$,;:!)\]}\\ ]|(?:text|mathrm|mbox|cdots?|ldots|dots|times|div|pm|leq?|geq?|neq?|equiv|pmod|quad|degree|right)(?![a-z])))/;

function isFreeOnTheLeft(question: string, start: number): boolean {
  return !boundLeft.test(question.slice(Math.max(0, start - 4), start));
}

function isFreeOnTheRight(question: string, end: number): boolean {
  const rest = question.slice(end, end + 16);
  return latexAfter.test(rest) || !boundRight.test(rest);
}

function bareValue(original: string): string {
  const latex = /^\\[dt]?frac\{?([0-9]+?)\}?\{?([0-9]+)\}?$/.exec(original);
  if (latex) return `${latex[1]}/${latex[2]}`;
  const mixed = /^([0-9]+) ([0-9]+)\/([0-9]+)$/.exec(original);
  if (mixed) return `${BigInt(mixed[1] ?? 0) * BigInt(mixed[3] ?? 1) + BigInt(mixed[2] ?? 0)}/${mixed[3]}`;
  const digits = original.replace(/[,\u00A0\u202F]/g, '');
  return digits.startsWith('.') ? `0${digits}` : digits;
}
