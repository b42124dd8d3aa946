/** Colours, whiskers, axes and layout that all figures share. */

import type { Axis, ErrorBar, Layout, Line } from './figure.js';

/**
 * Colours after Okabe and Ito (2008), which people with colour-blindness can tell apart, darkened or lightened until
 * each has a contrast of at least 3 : 1 on white and on near-black. No text has 4.5 : 1 on both, so that figures bring the paper they are
 * drawn on; a report, which knows its page, takes it away and gives text the page's own colour.
 */
export const colors = {
  blue: '#2878b5',
  /** For bars that carry whiskers: the part of a whisker inside the bar must show as well. */
  paleBlue: 'rgba(40, 120, 181, 0.5)',
  vermilion: '#d55e00',
  green: '#0b9970',
  purple: '#b3689a',
  amber: '#b98200',
  violet: '#8a5ce6',
  grey: '#858b94',
  /** Text: at least 4.5 : 1 on `paper`. */
  ink: '#4e5760',
  /** Whiskers and lines that compare: marks, also on a report's dark page. */
  line: '#767b84',
  paper: '#ffffff',
  /** Behind text on `blue`. */
  light: '#ffffff',
  grid: 'rgba(128, 136, 148, 0.22)',
} as const;

const known: Readonly<Record<string, string>> = {
  right: colors.blue,
  wrong: colors.vermilion,
  kept: colors.blue,
  duplicate: colors.amber,
  unanswered: colors.purple,
  'left out': colors.grey,
  original: colors.grey,
  answers: colors.blue,
  rephrase: colors.amber,
  'self-verification': colors.green,
  fobar: colors.purple,
  magpie: colors.vermilion,
};
const spare = [colors.violet, colors.green, colors.purple, colors.amber, colors.vermilion, colors.blue];

/** The colour of a category: the same name has the same colour in every figure. */
export function categoryColor(name: string): string {
  const own = known[name];
  if (own !== undefined) return own;
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return spare[hash % spare.length] ?? colors.violet;
}

/** No seven colours between white and black are far apart for everybody: those that some eyes confuse have other dashes. */
const lines: readonly Required<Pick<Line, 'color' | 'dash'>>[] = [
  { color: colors.blue, dash: 'solid' },
  { color: colors.vermilion, dash: 'solid' },
  { color: colors.violet, dash: 'solid' },
  { color: colors.green, dash: 'dash' },
  { color: colors.amber, dash: 'dash' },
  { color: colors.purple, dash: 'dot' },
  { color: colors.grey, dash: 'dashdot' },
];
const dashes = ['solid', 'dash', 'dot', 'dashdot'] as const;

/** The line of one of several curves by its place: 28 differ from each other, the first seven by their colours alone. */
export function lineStyle(place: number): Line {
  const [round, { color, dash }] = [
    Math.floor(place / lines.length),
    lines[place % lines.length] as (typeof lines)[number],
  ];
  const turned = dashes[(dashes.indexOf(dash) + round) % dashes.length] ?? 'solid';
  return { color, width: 2, ...(turned === 'solid' ? {} : { dash: turned }) };
}

/** Known categories in the order of the table above, others after them by alphabet. */
export function categoryOrder(names: Iterable<string>): string[] {
  const order = Object.keys(known);
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...new Set(names)].sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
}

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

type LayoutParts = {
  readonly title: string;
  readonly subtitle: string;
  readonly height?: number;
  readonly xaxis?: Axis;
  readonly yaxis?: Axis;
  readonly barmode?: Layout['barmode'];
  readonly bargap?: number;
  readonly showlegend?: boolean;
  readonly margin?: Layout['margin'];
  readonly shapes?: Layout['shapes'];
  readonly annotations?: Layout['annotations'];
};

/** A layout in the house style. `title` says what is shown, `subtitle` says n and how it was measured. */
export function themedLayout({ title, subtitle, xaxis = {}, yaxis = {}, ...parts }: LayoutParts): Layout {
  return {
    title: {
      text: `<b>${title}</b>`,
      subtitle: { text: subtitle, font: { size: 12, color: colors.ink } },
      x: 0,
      xref: 'container',
      xanchor: 'left',
      pad: { l: 12, t: 8 },
      y: 1,
      yref: 'container',
      yanchor: 'top',
      font: { size: 15 },
    },
    height: 360,
    font: { family: fontFamily, size: 12, color: colors.ink },
    paper_bgcolor: colors.paper,
    plot_bgcolor: 'rgba(0, 0, 0, 0)',
    margin: { l: 60, r: 24, t: 84, b: 62 },
    showlegend: false,
    legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom', traceorder: 'normal' },
    hoverlabel: { align: 'left' },
    ...parts,
    xaxis: themedAxis(xaxis),
    yaxis: themedAxis(yaxis),
  };
}

function themedAxis(axis: Axis): Axis {
  return {
    gridcolor: colors.grid,
    linecolor: colors.grid,
    zeroline: false,
    automargin: true,
    fixedrange: true,
    ...axis,
    ...(axis.title && { title: { standoff: 8, ...axis.title, font: { size: 12 } } }),
  };
}

export const shareAxis: Axis = { range: [0, 1.08], tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1], tickformat: '.0%' };

/** Whiskers of intervals around values. */
export function whiskers(
  rows: readonly { readonly accuracy: number; readonly interval: readonly [number, number] }[],
): ErrorBar {
  return {
    type: 'data',
    symmetric: false,
    array: rows.map((row) => row.interval[1] - row.accuracy),
    arrayminus: rows.map((row) => row.accuracy - row.interval[0]),
    color: colors.line,
    thickness: 1.5,
    width: 5,
  };
}
