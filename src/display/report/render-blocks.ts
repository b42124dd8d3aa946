import { escapeXml } from '../escape-xml.js';
import { percent, wholeNumber } from '../figures/label.js';
import { renderMath } from '../render-math.js';
import { figureToSvg } from '../svg/figure-to-svg.js';
import { fitWidth } from '../svg/fit-width.js';
import type { ReportBlock, ReportColumn, ReportExample, ReportFact, ReportTable } from './report-section.js';

/** Pixels that a phone of 390 leaves to a picture. */
const phoneWidth = 316;

/** The HTML of one block; all text of it is escaped, its formulas are set. A figure that stays `isStill` has a picture for phones besides. */
export async function renderBlock(block: ReportBlock, { isStill = false } = {}): Promise<string> {
  switch (block.kind) {
    case 'text':
      return `<p>${await renderMath(block.text)}</p>`;
    case 'facts':
      return `<div class="facts">${block.facts.map(renderFact).join('')}</div>`;
    case 'figure':
      return renderFigure(block, isStill);
    case 'table':
      return renderTable(block.table);
    case 'examples':
      return (await Promise.all(block.examples.map(renderExample))).join('');
  }
}

function renderFact({ value, label, note }: ReportFact): string {
  const small = note === undefined ? '' : `<small>${escapeXml(note)}</small>`;
  return `<div class="fact"><strong>${escapeXml(value)}</strong><span>${escapeXml(label)}</span>${small}</div>`;
}

/** The still picture shows until the script has drawn the live one, in print, and where scripts are off. Both stand on the page itself. */
function renderFigure({ figure: given, caption }: Extract<ReportBlock, { kind: 'figure' }>, isStill: boolean): string {
  const figure = { ...given, layout: { ...given.layout, paper_bgcolor: 'rgba(0, 0, 0, 0)' } };
  const below = caption === undefined ? '' : `<figcaption>${escapeXml(caption)}</figcaption>`;
  // In JSON a "<" stands only inside strings, where \u003c means the same
  const json = JSON.stringify(figure).replaceAll('<', '\\u003c');
  const data = `<script type="application/json">${json}</script>`;
  const narrow = fitWidth(figure, { width: phoneWidth });
  const phone = isStill ? `<div class="still phone">${figureToSvg(narrow, { width: phoneWidth })}</div>` : '';
  return `<figure><div class="still" tabindex="0">${figureToSvg(figure)}</div>${phone}<div class="live"></div>${data}${below}</figure>`;
}

function renderTable({ columns, rows, caption }: ReportTable): string {
  const above = caption === undefined ? '' : `<caption><span>${escapeXml(caption)}</span></caption>`;
  const head = columns.map((column) => `<th${alignment(column, rows)}>${escapeXml(column.label)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = columns.map((column) => `<td${alignment(column, rows)}>${renderCell(row, column)}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table>${above}<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function alignment({ field, format }: ReportColumn, rows: readonly object[]): string {
  const isNumber = format
    ? format !== 'text' && format !== 'path'
    : rows.every((row) => isNumeric(Reflect.get(row, field)));
  return isNumber && rows.length > 0 ? ' class="number"' : '';
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || value === null || value === undefined;
}

function renderCell(row: object, { field, format }: ReportColumn): string {
  const value: unknown = Reflect.get(row, field);
  if (value === undefined || value === null) return '–';
  if (format === 'path') return renderPath(String(value));
  if (typeof value !== 'number') return escapeXml(String(value));
  if (format === 'percent') return percent(value, { digits: 1 });
  if (format === 'seconds') return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  return Number.isInteger(value) ? wholeNumber(value) : String(Number(value.toPrecision(3)));
}

/** Only relative paths become links: a report travels with its folder. In a narrow column they break between words. */
function renderPath(path: string): string {
  const isRelative = !/^(?:[a-z][a-z0-9+.-]*:|\/|\\)/i.test(path);
  const shown = `<code>${escapeXml(path).replace(/[/_]/g, '$&<wbr>')}</code>`;
  if (!isRelative) return shown;
  const address = path.split(/[\\/]/).map(encodeURIComponent).join('/');
  return `<a href="${escapeXml(address)}">${shown}</a>`;
}

async function renderExample(example: ReportExample): Promise<string> {
  const { question, response, correct, answer, gold, rule, note } = example;
  const { verdict = correct ? 'right' : 'wrong' } = example;
  const facts = [
    answer === undefined ? 'no answer found' : `answer ${inMath(answer)}`,
    gold === undefined ? '' : `gold ${inMath(gold)}`,
    rule === undefined ? '' : `rule: ${rule}`,
    note ?? '',
  ].filter((fact) => fact !== '');
  const shown = (await Promise.all(facts.map(renderMath))).map((fact) => `<span>${fact}</span>`).join('');
  return [
    `<article class="example ${correct ? 'right' : 'wrong'}"><header><b>${correct ? '✓' : '✗'} ${escapeXml(verdict)}</b>${shown}</header>`,
    `<p class="question">${await renderMath(question)}</p>`,
    `<div class="response">${await renderMath(response)}</div></article>`,
  ].join('');
}

/** Answers are LaTeX, but a word or a sentence is better left as it is. */
function inMath(answer: string): string {
  return /[\\^_{}]|^[-+\d.,/ ()]+$/.test(answer) && !answer.includes('$') ? `\\(${answer}\\)` : answer;
}
