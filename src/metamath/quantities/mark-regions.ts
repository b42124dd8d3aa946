import { findMath } from './find-math.js';

/** Where a question is what, per UTF-16 unit; every question about a place is answered in constant time. */
export type Regions = {
  /** Between math delimiters. */
  readonly isMath: (at: number) => boolean;
  /** Inside a brace argument (`\sqrt{7}`, `x^{10}`) or the parentheses of a function (`f(3)`). */
  readonly isNested: (at: number) => boolean;
  /** No part of what is given: coordinates of a drawing, options to choose from, how to write the answer, an example. */
  readonly isAside: (at: number) => boolean;
  /** An element of a pattern that goes on by itself: `1, 3, 5, …`. */
  readonly isPattern: (at: number) => boolean;
};

const math = 1;
const nested = 2;
const aside = 4;
const pattern = 8;

/** Marks math, nested arguments, asides and patterns of a question. Linear, whatever the text. */
export function markRegions(question: string): Regions {
  const marks = new Uint8Array(question.length + 1);
  const fill = (from: number, to: number, mark: number): void => {
    for (let at = from; at < to; at++) marks[at] = (marks[at] ?? 0) | mark;
  };
  const formulas = findMath(question);
  for (const [from, to] of formulas) {
    fill(from, to, math);
    markNested(question, [from, to], marks);
  }
  for (const [from, to] of [...findDrawings(question), ...findAsides(question, formulas.length > 0)])
    fill(from, to, aside);
  for (const [from, to] of findPatterns(question)) fill(from, to, pattern);
  const has = (mark: number) => (at: number) => ((marks[at] ?? 0) & mark) !== 0;
  return { isMath: has(math), isNested: has(nested), isAside: has(aside), isPattern: has(pattern) };
}

function markNested(question: string, [from, to]: readonly [number, number], marks: Uint8Array): void {
  const open: { readonly bracket: string; readonly binds: boolean }[] = [];
  let binding = 0;
  for (let at = from; at < to; at++) {
    const character = question[at] ?? '';
    const isEscaped = question[at - 1] === '\\' && question[at - 2] !== '\\';
    if (character === '{' || character === '(' || character === '[') {
      const binds =
        character === '{' ? !isEscaped : character === '(' ? isCall(question, at) : isRootIndex(question, at);
      open.push({ bracket: character, binds });
      if (binds) binding++;
    } else if (character === '}' || character === ')' || character === ']') {
      const last = open.at(-1);
      // half-open intervals pair "[" with ")"
      const closes = last !== undefined && (last.bracket === '{') === (character === '}');
      if (closes) {
        open.pop();
        if (last.binds) binding--;
      }
    }
    if (binding > 0) marks[at] = (marks[at] ?? 0) | nested;
  }
}

/** The 3 of `\sqrt[3]{x}`. */
function isRootIndex(question: string, at: number): boolean {
  return /\\sqrt\s*$/.test(question.slice(Math.max(0, at - 8), at));
}

/** `f(`, `\gcd(`, `x_1(`, but not `\left(`, `\bigl(` or `3(`. */
function isCall(question: string, at: number): boolean {
  const before = question.slice(Math.max(0, at - 16), at);
  if (/\\(?:left|[bB]igg?l?)$/.test(before)) return false;
  const command = /\\([A-Za-z]+)$/.exec(before);
  if (command)
    return !/^(?:cdot|times|div|pm|mp|leq?|geq?|neq?|in|to|cup|cap|and|or|quad|colon)$/.test(command[1] ?? '');
  return /[\p{L}}]$/u.test(before);
}

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

/** "Express your answer as a fraction from 0 to 999.", "For example, 3 + 4 = 7." */
const instruction =
  /\b(?:(?:Express|Enter|Give|Write|Round|Leave|Put|State|Type) (?:your|the|all|each) (?:final )?answers?\b)(?:[^.?!]|[.?!](?=\S))*/g;

/** An example of how a formula is meant; in a story "For example" may tell all that is given. */
const example = /\b(?:For example|For instance|Note that)\b(?:[^.?!]|[.?!](?=\S))*/g;

function findAsides(question: string, hasMath: boolean): readonly (readonly [number, number])[] {
  const examples = hasMath ? [...question.matchAll(example)].filter(([text]) => /[$=]/.test(text)) : [];
  const asides = [...question.matchAll(instruction), ...examples].map(
    ({ index = 0, 0: { length } }) => [index, index + length] as const,
  );
  const options = findOptions(question);
  return options === -1 ? asides : [...asides, [options, question.length]];
}

/** Where the answers to choose from begin, "(A) … (B) … (C) …" or lines that begin with "A.", "B." and "C."; -1 for none. */
function findOptions(question: string): number {
  for (const mark of [(letter: string) => `(${letter})`, (letter: string) => `\n${letter}. `]) {
    const [first = -1, second = -1, third = -1] = ['A', 'B', 'C'].map((letter) => question.lastIndexOf(mark(letter)));
    if (first !== -1 && first < second && second < third) return first;
  }
  return -1;
}

const ellipsis = /\\[lc]?dots|\.\.\.|…/g;
/** A longer list is not looked through: enough to see that it is one. */
const longestList = 80;

/** Two or more numbers in a row before an ellipsis, or after it: masking one asks for what the pattern tells. */
function findPatterns(question: string): readonly (readonly [number, number])[] {
  const patterns: [number, number][] = [];
  for (const { index = 0, 0: dots } of question.matchAll(ellipsis)) {
    const after = index + dots.length;
    const left = /[-\d\s,+.${}\\!;/()&|]*$/.exec(question.slice(Math.max(0, index - longestList), index))?.[0];
    const right = /^[-\d\s,+${}\\!;/()&|]*/.exec(question.slice(after, after + longestList))?.[0];
    if (left && countNumbers(left) > 1) patterns.push([index - left.length, index]);
    if (right && countNumbers(right) > 1) patterns.push([after, after + right.length]);
  }
  return patterns;
}

function countNumbers(text: string): number {
  return text.match(/\d+/g)?.length ?? 0;
}
