import type { LearntRow } from '../gpu/learnt-tokens.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { renderText } from './render-text.js';
import { visibleToken } from './visible-token.js';

const learntStyle = 'background-color:rgba(0,158,115,0.35)';
const givenStyle = 'background-color:rgba(128,136,148,0.12)';

/** Rows of a training token by token: green what carries loss, grey what is only read. Every token is escaped. */
export function showLearntTokens(rows: readonly LearntRow[], screen: Screen = findScreen()): void {
  showHtml(renderLearntTokens(rows), { text: rows.map((row) => writeLearntTokens(row)).join('\n') }, screen);
}

/** The same as HTML. */
export function renderLearntTokens(rows: readonly LearntRow[]): string {
  const blocks = rows.map(({ row, tokens }) => {
    const boxes = tokens.map(
      ({ text, learnt }) =>
        `<code style="margin:1px;padding:0 1px;${learnt ? learntStyle : givenStyle}">${renderText(visibleToken(text))}</code>${text.endsWith('\n') ? '<br>' : ''}`,
    );
    const count = tokens.filter(({ learnt }) => learnt).length;
    return `<p><b>Row ${row}</b>: ${count} of ${tokens.length} tokens are learnt</p><div style="line-height:1.6">${boxes.join('')}</div>`;
  });
  return `${blocks.join('')}<p><code style="${learntStyle}">learnt</code> <code style="${givenStyle}">only read</code></p>`;
}

/** One line of a row: what carries loss stands in ⟦ ⟧, or in `marks`, white space is drawn. */
export function writeLearntTokens({ row, tokens }: LearntRow, marks: readonly [string, string] = ['⟦', '⟧']): string {
  let text = '';
  let isOpen = false;
  for (const token of tokens) {
    if (token.learnt !== isOpen) text += token.learnt ? marks[0] : marks[1];
    isOpen = token.learnt;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a row must not write to the terminal as it likes
    text += visibleToken(token.text).replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');
  }
  return `Row ${row}: ${text}${isOpen ? marks[1] : ''}`;
}
