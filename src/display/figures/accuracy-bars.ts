/** Accuracy by one field as bars with whiskers: level, steps, length, subject, type, thirds of the questions. */

import type { BreakdownRow } from '../../evaluation/breakdown.js';
import type { EvaluationSummary } from '../../evaluation/summarize.js';
import type { Axis, Figure, Trace } from './figure.js';
import { counted, percent, plainLabel } from './label.js';
import { categoryOrder, colors, shareAxis, themedLayout, whiskers } from './theme.js';

export type AccuracySummary = Pick<EvaluationSummary, 'n' | 'accuracy' | 'interval' | 'grader' | 'by'>;

/** Upright bars with 95 % whiskers for levels 1 to 5, and a line at the accuracy over all. */
export function accuracyByLevel(summary: AccuracySummary): Figure {
  return uprightBars(summary, { field: 'level', title: 'Accuracy by level', axis: 'difficulty level (1 = easiest)' });
}

/** Upright bars by the number of reasoning steps of the reference solution. */
export function accuracyBySteps(summary: AccuracySummary): Figure {
  return uprightBars(summary, { field: 'steps', title: 'Accuracy by steps', axis: 'reasoning steps in the reference' });
}

/** Upright bars by the length of the response. */
export function accuracyByLength(summary: AccuracySummary): Figure {
  return uprightBars(summary, {
    field: 'length',
    title: 'Accuracy by length',
    axis: 'length of the response (tokens)',
  });
}

/** Upright bars by thirds of the test set by length of the question: figure 7 of MetaMath (section 4.9), with intervals. */
export function accuracyByQuestionThird(summary: AccuracySummary & Pick<EvaluationSummary, 'questionThirds'>): Figure {
  const bounds = (summary.questionThirds ?? []).map(({ third, from, to }) => `${third} ${from} to ${to}`).join(', ');
  return uprightBars(summary, {
    field: 'questionThird',
    title: 'Accuracy by length of the question',
    axis: `third of the questions by length${bounds === '' ? '' : ` (characters: ${bounds})`}`,
  });
}

/** Lying bars by the augmentation type of the nearest training row. */
export function accuracyByNearestType(summary: AccuracySummary): Figure {
  return lyingBars(summary, { field: 'nearestType', title: 'Accuracy by type of the nearest training row' });
}

/** Lying bars, because names are long. */
export function accuracyBySubject(summary: AccuracySummary): Figure {
  return lyingBars(summary, { field: 'subject', title: 'Accuracy by subject' });
}

/** Lying bars by augmentation type. */
export function accuracyByType(summary: AccuracySummary): Figure {
  return lyingBars(summary, { field: 'type', title: 'Accuracy by augmentation type' });
}

type Facets = { readonly field: string; readonly title: string; readonly axis?: string };

function uprightBars(summary: AccuracySummary, { field, title, axis = field }: Facets): Figure {
  const rows = summary.by[field] ?? [];
  const names = rows.map((row) => plainLabel(row.value));
  const bars: Trace = {
    type: 'bar',
    x: names,
    y: rows.map((row) => row.accuracy),
    error_y: whiskers(rows),
    ...barStyle(rows, names),
  };
  const labels: Trace = {
    ...labelStyle(rows),
    x: names,
    y: rows.map((row) => besideLine(row.interval[1] + labelGap, { line: summary.accuracy, extent: 0.08 })),
    textposition: 'top center',
  };
  return {
    data: [bars, labels],
    layout: themedLayout({
      title,
      subtitle: subtitleOf(summary),
      bargap: 0.45,
      xaxis: { title: { text: axis }, showgrid: false, ...categoryTicks(rows, names, '<br>') },
      yaxis: { title: { text: 'accuracy' }, ...shareAxis },
      shapes: [{ ...overallLine, xref: 'paper', x0: 0, x1: 1, y0: summary.accuracy, y1: summary.accuracy }],
    }),
  };
}

function lyingBars(summary: AccuracySummary, { field, title }: Facets): Figure {
  const order = categoryOrder((summary.by[field] ?? []).map((row) => String(row.value)));
  const rows = order.flatMap((name) => summary.by[field]?.find((row) => String(row.value) === name) ?? []);
  const names = rows.map((row) => plainLabel(row.value));
  const bars: Trace = {
    type: 'bar',
    orientation: 'h',
    x: rows.map((row) => row.accuracy),
    y: names,
    error_x: whiskers(rows),
    ...barStyle(rows, names),
  };
  const labels: Trace = {
    ...labelStyle(rows),
    x: rows.map((row) => besideLine(row.interval[1] + labelGap, { line: summary.accuracy, extent: 0.05 })),
    y: names,
    textposition: 'middle right',
  };
  return {
    data: [bars, labels],
    layout: themedLayout({
      title,
      subtitle: subtitleOf(summary),
      height: 140 + 34 * Math.max(1, rows.length),
      bargap: 0.4,
      margin: { l: 190, r: 24, t: 62, b: 52 },
      xaxis: { title: { text: 'accuracy' }, ...shareAxis },
      yaxis: { autorange: 'reversed', showgrid: false, ...categoryTicks(rows, names, '  ') },
      shapes: [{ ...overallLine, yref: 'paper', x0: summary.accuracy, x1: summary.accuracy, y0: 0, y1: 1 }],
    }),
  };
}

/** Between the end of a whisker and its label, on the axis of shares. */
const labelGap = 0.012;

/** Where a label of this extent begins, so that the line at the overall accuracy does not strike it through. */
function besideLine(start: number, { line, extent }: { readonly line: number; readonly extent: number }): number {
  return start <= line && line < start + extent ? line + labelGap : start;
}

const overallLine = { type: 'line', line: { color: colors.line, width: 1, dash: 'dash' } } as const;

function barStyle(rows: readonly BreakdownRow[], names: readonly string[]) {
  return {
    name: 'accuracy',
    marker: { color: colors.paleBlue, line: { color: colors.blue, width: 1 } },
    hovertext: rows.map(
      (row, index) =>
        `${names[index]}: ${row.correct} of ${row.n} right<br>` +
        `${percent(row.accuracy, { digits: 1 })} (95%: ${percent(row.interval[0], { digits: 1 })} to ${percent(row.interval[1], { digits: 1 })})`,
    ),
    hovertemplate: '%{hovertext}<extra></extra>',
  } as const;
}

function labelStyle(rows: readonly BreakdownRow[]) {
  return {
    type: 'scatter',
    mode: 'text',
    text: rows.map((row) => percent(row.accuracy)),
    hoverinfo: 'skip',
    showlegend: false,
    cliponaxis: false,
  } as const;
}

function categoryTicks(rows: readonly BreakdownRow[], names: readonly string[], separator: string): Axis {
  return {
    type: 'category',
    categoryarray: names,
    tickvals: names,
    ticktext: rows.map((row, index) => `${names[index]}${separator}<i>n = ${row.n}</i>`),
  };
}

function subtitleOf({ n, accuracy, interval, grader }: AccuracySummary): string {
  const range = `${percent(interval[0], { digits: 1 })} to ${percent(interval[1], { digits: 1 })}`;
  const all = `${percent(accuracy, { digits: 1 })} of ${counted(n, 'answer')} right (${range})`;
  return `Dashed: ${all} · whiskers: 95% Wilson intervals · grader: ${plainLabel(grader)}`;
}
