import type { DataFrame } from '../analysis/to-data-frame.js';
import { say, spokenLanguage } from '../language/spoken.js';
import { percent } from './figures/label.js';
import { findScreen, type Screen, showHtml } from './kernel.js';
import { mathFallbackStyle, renderNotebookMath } from './render-math.js';
import { renderText } from './render-text.js';

/** `accuracy_mean` of a grouped frame: the column and what was measured of it. */
function sayColumn(column: string): string {
  const [end = ''] = /_(?:mean|min|max|sum|count)$/.exec(column) ?? [];
  const whole = say(column);
  if (end === '' || whole !== column) return whole;
  const head = say(column.slice(0, -end.length));
  const what = say(end.slice(1));
  return what === end.slice(1) ? column : `${head} ${what}`;
}

export type TableRow = { readonly [column: string]: unknown };

export type TableOptions = {
  /** Columns in order. @default the keys of the first row */
  readonly columns?: readonly string[];
  /** Columns whose text holds formulas. */
  readonly math?: readonly string[];
  /** Columns that hold shares. @default those named accuracy, share, yield, low, high, interval, difference */
  readonly percent?: readonly string[];
  /** Rows shown; the others are counted below. @default 20 */
  readonly limit?: number;
  readonly caption?: string;
};

const longestCell = 600;
/** Columns whose words are ours and not a model's: they are told in the notebook's language. */
const labelColumns: ReadonlySet<string> = new Set(
  'what task side way set check sign group holds setting subject verdict technique student model'.split(' '),
);
/** How a grouped frame calls what it measured of a column. */
const measured = /_(?:mean|min|max)$/;
const shares: readonly string[] = ['accuracy', 'share', 'yield', 'low', 'high', 'interval', 'difference'];

/** A notebook that is saved holds each table twice; the plain one is for viewers without HTML, and a taste is enough. */
const textRowsInNotebook = 4;

/**
 * Shows rows, or a data frame, as a table.
 *
 * @example await showTable(accuracyTable(rows, 'level'));
 */
export async function showTable(
  given: readonly TableRow[] | DataFrame,
  options: TableOptions = {},
  screen?: Screen,
): Promise<void> {
  const rows = 'shape' in given ? frameRows(given) : given;
  const on = screen ?? findScreen();
  const limit = on.isNotebook ? Math.min(textRowsInNotebook, options.limit ?? textRowsInNotebook) : options.limit;
  const text = tableText(rows, { ...options, ...(limit !== undefined && { limit }) });
  showHtml(await renderTable(rows, options), { text }, on);
}

/** The rows of a frame, each column by its name; where its rows have names (`describe()`), these stand in front. */
export function frameRows({ columns, values, index = [] }: DataFrame): readonly TableRow[] {
  const isNamed = index.length > 0 && index.every((name) => typeof name === 'string' && !/^\d*$/.test(name));
  return values.map((row, place) => ({
    ...(isNamed && { '': index[place] }),
    ...Object.fromEntries(columns.map((column, at) => [column, (row as readonly unknown[])[at]])),
  }));
}

/** The same table as HTML for a notebook. Every cell is escaped; numbers stand right, text stands left and is cut at 600 characters. */
export async function renderTable(rows: readonly TableRow[], options: TableOptions = {}): Promise<string> {
  const { columns, shown, note, format } = arrange(rows, options);
  const math = new Set(options.math ?? []);
  const isNumeric = columns.map((column) => isNumericColumn(shown.map((row) => row[column])));
  const cell = async (row: TableRow, column: string, index: number): Promise<string> => {
    const text = cut(format(row, column));
    const html = math.has(column) ? await renderNotebookMath(text) : renderText(text);
    return isNumeric[index] === true
      ? `<td>${html}</td>`
      : `<td style="text-align:left${widthOfLines(text)}">${html}</td>`;
  };
  const head = columns.map((column, index) =>
    isNumeric[index] === true
      ? `<th>${renderText(sayColumn(column))}</th>`
      : `<th style="text-align:left">${renderText(sayColumn(column))}</th>`,
  );
  const body: string[] = [];
  for (const row of shown)
    body.push(`<tr>${(await Promise.all(columns.map((column, index) => cell(row, column, index)))).join('')}</tr>`);
  return [
    math.size > 0 ? mathFallbackStyle : '',
    // Japanese would break between any two letters, and a narrow column stand upright
    spokenLanguage() === 'ja' ? '<table style="word-break:keep-all">' : '<table>',
    options.caption === undefined ? '' : `<caption>${renderText(say(options.caption))}</caption>`,
    `<thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`,
    note === '' ? '' : `<p>${renderText(note)}</p>`,
  ].join('');
}

/** Lines of work stay lines: beside a column of long sentences the browser would break each of them. */
function widthOfLines(text: string): string {
  const lines = text.trim().split('\n');
  return lines.length < 2
    ? ''
    : `;min-width:${Math.min(
        30,
        lines.reduce((most, line) => Math.max(most, line.length), 0),
      )}ch`;
}

/** The table for a terminal. */
export function tableText(rows: readonly TableRow[], options: TableOptions = {}): string {
  const { columns, shown, note, format } = arrange(rows, options);
  const oneLine = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text).replace(/\s+/g, ' ');
  const lines = [columns.map(sayColumn), ...shown.map((row) => columns.map((column) => oneLine(format(row, column))))];
  const widths = columns.map((_, index) => lines.reduce((most, line) => Math.max(most, line[index]?.length ?? 0), 0));
  const text = lines.map((line) =>
    line
      .map((item, index) => item.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [options.caption === undefined ? undefined : say(options.caption), ...text, note]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

function arrange(rows: readonly TableRow[], { columns, limit = 20, percent: percentColumns = shares }: TableOptions) {
  const hidden = Math.max(0, rows.length - limit);
  return {
    columns: columns ?? Object.keys(rows[0] ?? {}),
    shown: rows.slice(0, limit),
    format: (row: TableRow, column: string) =>
      percentColumns.includes(column) || percentColumns.includes(column.replace(measured, ''))
        ? formatShare(row[column])
        : labelColumns.has(column)
          ? say(formatValue(row[column]))
          : formatValue(row[column]),
    note:
      rows.length === 0
        ? say('No rows')
        : hidden > 0
          ? say(`… and ${hidden.toLocaleString('en')} more ${hidden === 1 ? 'row' : 'rows'}`)
          : '',
  };
}

/** Numbers with gaps; a column of nothing but gaps stands left, like text. */
const isNumericColumn = (values: readonly unknown[]): boolean =>
  values.every((value) => value == null || typeof value === 'number') && values.some((value) => value != null);

function formatValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.map(formatValue).join(', ');
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value);
  const isFlat = !Array.isArray(value) && entries.every(([, item]) => typeof item !== 'object');
  return isFlat ? entries.map(([key, item]) => `${key}: ${formatValue(item)}`).join(', ') : JSON.stringify(value);
}

/** 0.7345 as 73.5%, an interval as 70.1% to 76.6%. What is no share stays what it is. */
function formatShare(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) <= 1) return percent(value, { digits: 1 });
  const isInterval = Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number');
  return isInterval ? value.map(formatShare).join(say(' to ')) : formatValue(value);
}

/** Whole numbers in full, others with about four digits that count: accuracies and rates need no more. */
function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

const cut = (text: string): string => (text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text);
