import { parseAnswer } from './parse-answer.js';

export type Formula = { readonly content: string; readonly start: number; readonly end: number };

/** The last formula of a text that reads as mathematics. */
export function findFormula(text: string): string | undefined {
  const formulas = listFormulas(text);
  // Only the last few can be the answer.
  for (const { content } of formulas.slice(-5).reverse()) if (parseAnswer(content).isMathematics) return content;
  return undefined;
}

const delimiter = /\\[()[\]]|\$\$?|\\\$/g;

/** All of $…$, $$…$$, \(…\), \[…\], left to right; one pass. */
export function listFormulas(text: string): Formula[] {
  const formulas: Formula[] = [];
  let open: { mark: string; start: number; end: number } | undefined;
  for (const { 0: mark, index = 0 } of text.matchAll(delimiter)) {
    if (mark === '\\$') continue;
    if (!open) {
      if (mark !== '\\)' && mark !== '\\]') open = { mark, start: index, end: index + mark.length };
      continue;
    }
    if (mark !== closers[open.mark]) {
      // "$ … $$": the first was money or a slip; start again here.
      if (mark === '\\(' || mark === '\\[' || mark === '$$') open = { mark, start: index, end: index + mark.length };
      continue;
    }
    const content = text.slice(open.end, index);
    if (content.trim() !== '' && content.length <= 2000)
      formulas.push({ content: content.trim(), start: open.start, end: index + mark.length });
    open = undefined;
  }
  return formulas;
}

const closers: Readonly<Record<string, string>> = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' };
