import type { Expression } from '../numbers/expression.js';
import * as is from '../numbers/is.js';
import { max } from '../numbers/math.js';
import { isMathematics, parseAnswer } from '../parse/parse-answer.js';
import { isUnitWord } from '../parse/units.js';
import { meaningOfWord } from '../parse/vocabulary.js';
import { confesses, isDeniedAt } from './denials.js';
import { type Span, textBefore, textBehind } from './text-around.js';

export type Formula = Span & { readonly content: string };

/**
 * The last formula of a text that reads as an answer; `denied` where it is denied, bounded or asked. A lone letter or a condition ("for all $x > 0$") only counts when
 * there is nothing else.
 */
export const findFormula = (text: string): string | 'denied' | undefined => {
  let spare: string | undefined;
  const formulas = listFormulas(text).slice(-6);
  for (const [index, { content, start, end }] of [...formulas.entries()].reverse()) {
    if (isDeniedAt(text, start, end) || isDoubted(text, start, end)) return 'denied';
    const { isMathematics, readings } = parseAnswer(content);
    const [reading] = readings;
    if (!isMathematics || !reading) continue;
    // "$\\sqrt2$, or about $1.41$"
    const isRounded = /^\\approx/.test(content) || /\b(about|approximately)\s*$/.test(textBefore(text, start, 20));
    // "the maximum is $9$, attained when $x = 3$"
    const isPlace = is.relation(reading) && index > 0 && place.test(textBefore(text, start, 30));
    if (!isRounded && !isPlace && !isCondition(reading)) return withAlternatives(text, formulas.slice(0, index + 1));
    spare ??= content;
  }
  return spare;
};

const place = /(\b(attained|reached|occurs|holds)|[,$\d])\s*(at|when|where|for|if)\s*$/i;

/** "$x = 3$ and $x = 5$": the values of one name that are joined by "and" or "or" are one answer. */
const withAlternatives = (text: string, formulas: readonly Formula[]): string => {
  const parts: string[] = [];
  let name: string | undefined;
  let next: Formula | undefined;
  for (const formula of [...formulas].reverse()) {
    const joint = next ? text.slice(formula.end, next.start) : '';
    // The letter that is named; a bare value where the verb stands before it.
    const own =
      /^([a-zA-Z])(?:_\w|_\{\w+\})?\s?=(?!.*=)/.exec(formula.content)?.[1] ??
      (/[=<>]/.test(formula.content) ? undefined : '');
    const isListed = own !== '' || /(\b(are|is|be)|[:,])\s*$/.test(textBefore(text, formula.start, 6));
    // "$x = 3$ and $y = 5$" tells both; of "when $x = 3$, $y = 5$" the first is no part.
    const isOther = own !== name && own !== '' && name !== '' && !isCause.test(textBefore(text, formula.start, 30));
    if (next && (own === undefined || (own !== name && !isOther) || !isListed)) break;
    if (next && !joints[parts.length === 1 && !isOther ? 0 : 1].test(joint)) break;
    parts.unshift(formula.content);
    name = own;
    next = formula;
  }
  return parts.join(', ');
};

const joints = [/^,?\s*(and|or)\s*$/, /^,\s*(and\s*)?$|^\s*and\s*$/] as const;
const isCause =
  /\b(when|if|for|at|with|where|setting|let|letting|since|because|using|from|as|substituting|plugging in|given|once|and)\s*$/i;

/** In a question, or in a sentence that says that there is no saying. */
const isDoubted = (text: string, start: number, end: number): boolean => {
  const before = textBefore(text, start, 300);
  const opening = before.slice(max(before.lastIndexOf('. '), before.lastIndexOf('\n'), -1) + 1);
  if (/\bbetween\s\S{1,20}\sand\s*$/.test(before)) return true;
  return /^[^.!\n]{0,60}\?/.test(textBehind(text, end, 80)) || confesses(opening);
};

const isCondition = (expression: Expression): boolean => {
  if (is.symbol(expression)) return true;
  if (is.tuple(expression)) return expression.items.every(isCondition);
  return is.relation(expression) && expression.operators.some((operator) => operator !== '=' && operator !== '≈');
};

const delimiter = /\\[()[\]]|\$\$?|\\\$|\\(begin|end)\{(align|equation|gather|eqnarray|multline)\*?\}/g;

/** All of $…$, $$…$$, \(…\), \[…\] and display environments (their last row), left to right; one pass. */
export const listFormulas = (text: string): Formula[] => {
  const formulas: Formula[] = [];
  let open: { mark: string; start: number; end: number } | undefined;
  for (const { 0: mark, index } of text.matchAll(delimiter)) {
    if (mark === '\\$') continue;
    const opening = { mark, start: index, end: index + mark.length };
    if (!open) {
      if (!isCloser(mark)) open = opening;
      continue;
    }
    if (!closes(open.mark, mark)) {
      // "$5 … \(": the first was money or a slip; start again here.
      if (mark !== '$' && !isCloser(mark)) open = opening;
      continue;
    }
    const content = text.slice(open.end, index);
    if (mark === '$' && isMoney(content)) {
      open = opening;
      continue;
    }
    if (content.trim() && content.length <= 2000) {
      formulas.push({
        content: mark.startsWith('\\end') ? lastRow(content) : content.trim(),
        start: open.start,
        end: index + mark.length,
      });
    }
    open = undefined;
  }
  return formulas;
};

const closers: Readonly<Record<string, string>> = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' };
const isCloser = (mark: string): boolean => /^\\([)\]]|end)/.test(mark);

const closes = (open: string, mark: string): boolean =>
  open.startsWith('\\begin') ? mark.startsWith('\\end') : closers[open] === mark;

/** "$40 and paid $": a number and then a word that is no unit, or an operator at the end, so the first was money. */
const isMoney = (content: string): boolean => {
  if (!/^\s?\d/.test(content)) return false;
  if (/[-+*/=×]\s*$/.test(content)) return true;
  const plain = content.slice(0, 300).replace(/\\(text\w*|mbox|mathrm)\s*\{[^{}]*\}/g, '');
  if (plain.includes('\n')) return true;
  const words = plain.match(/(?<=\s)[a-zA-Z]{2,}/g) ?? [];
  return words.some((word) => !isUnitWord(word) && (meaningOfWord(word)?.[0] ?? 'separator') === 'separator');
};

/**
 * LaTeX that stands in prose without delimiters, "so it is \\frac{3}{4}.": the last run of signs around a command, when
 * nothing but a few words follows it.
 */
export const findBareFormula = (text: string): string | undefined => {
  const tail = text.slice(-400);
  const command = tail.lastIndexOf('\\');
  if (command < 0 || !/^\\[a-zA-Z]/.test(textBehind(tail, command, 2))) return undefined;
  let start = command;
  while (start > 0 && !/\s/.test(tail[start - 1] ?? ' ')) start--;
  let depth = 0;
  let end = start;
  for (; end < tail.length; end++) {
    if (tail[end] === '{') depth++;
    if (tail[end] === '}') depth--;
    if (depth <= 0 && /\s/.test(tail[end] ?? ' ')) break;
  }
  const content = tail.slice(start, end);
  if (/\d/.test(tail.slice(end)) || isDeniedAt(tail, start, end)) return undefined;
  return isMathematics(content) ? content : undefined;
};

/** The last row of an aligned display, without its alignment marks. */
const lastRow = (content: string): string => {
  const rows = content.split('\\\\').filter((row) => row.trim() !== '');
  return (rows.at(-1) ?? '').replaceAll('&', ' ').trim();
};
