import type { Figure, Trace } from './figure.js';
import { counted, percent, plainLabel, wholeNumber } from './label.js';
import { categoryColor, colors, themedLayout } from './theme.js';

/** What became of the items that a technique asked for; `yieldTable` of the analysis has these rows. */
export type YieldCounts = {
  readonly technique: string;
  /** The sum of the others. */
  readonly asked: number;
  readonly kept: number;
  /** Finished, but not right. */
  readonly wrong: number;
  /** Right, but there already. */
  readonly duplicate: number;
  /** Without an answer that could be graded. */
  readonly leftOut: number;
};

const parts = ['kept', 'wrong', 'duplicate', 'leftOut'] as const;
/** Words of the legend. */
const named = { kept: 'kept', wrong: 'wrong', duplicate: 'duplicate', leftOut: 'left out' } as const;

/** Stacked lying bars: kept, wrong, duplicate and left-out items of each technique, in the order given. */
export function yieldByTechnique(rows: readonly YieldCounts[]): Figure {
  const names = rows.map((row) => plainLabel(row.technique));
  const asked = rows.reduce((sum, row) => sum + row.asked, 0);
  const kept = rows.reduce((sum, row) => sum + row.kept, 0);
  return {
    data: parts
      .filter((part) => part === 'kept' || rows.some((row) => row[part] > 0))
      .map((part) => partBars(part, rows, names)),
    layout: themedLayout({
      title: 'Yield by technique',
      subtitle: `${wholeNumber(kept)} of ${counted(asked, 'item')} kept (${percent(asked === 0 ? 0 : kept / asked)})`,
      height: 158 + 36 * Math.max(1, rows.length),
      barmode: 'stack',
      bargap: 0.4,
      showlegend: true,
      margin: { l: 190, r: 24, t: 84, b: 52 },
      xaxis: { title: { text: 'items' }, tickformat: ',d' },
      yaxis: {
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        categoryarray: names,
        tickvals: names,
        ticktext: rows.map((row, index) => `${names[index]}  <i>n = ${wholeNumber(row.asked)}</i>`),
      },
    }),
  };
}

function partBars(part: (typeof parts)[number], rows: readonly YieldCounts[], names: readonly string[]): Trace {
  const share = (row: YieldCounts) => (row.asked === 0 ? 0 : row[part] / row.asked);
  return {
    type: 'bar',
    orientation: 'h',
    name: named[part],
    x: rows.map((row) => row[part]),
    y: names,
    marker: { color: categoryColor(named[part]) },
    // The kept share is what one reads; a label on a sliver would be noise
    text: rows.map((row) => (part === 'kept' && share(row) >= 0.15 ? percent(share(row)) : '')),
    textposition: 'inside',
    insidetextanchor: 'middle',
    textangle: 0,
    textfont: { color: colors.light },
    hovertext: rows.map(
      (row, index) => `${names[index]}: ${wholeNumber(row[part])} ${named[part]} (${percent(share(row))})`,
    ),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}
