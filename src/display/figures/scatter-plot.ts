import type { Figure } from './figure.js';
import { counted, plainLabel, wholeNumber } from './label.js';
import { categoryColor, categoryOrder, themedLayout } from './theme.js';

export type ScatterRow = {
  readonly x: number;
  readonly y: number;
  readonly group?: string;
  /** Shown when the pointer rests on the dot. */
  readonly text?: string;
};

/** A dot a row, in the colour of its group. `x` and `y` name what is measured, with units. */
export function scatterPlot(
  rows: readonly ScatterRow[],
  { title, x, y }: { readonly title: string; readonly x: string; readonly y: string },
): Figure {
  const dots = rows.filter((row) => Number.isFinite(row.x) && Number.isFinite(row.y));
  const groups = categoryOrder(dots.map(({ group }) => group ?? 'rows'));
  const left = rows.length - dots.length;
  return {
    data: groups.map((group) => {
      const own = dots.filter((row) => (row.group ?? 'rows') === group);
      return {
        type: 'scatter',
        mode: 'markers',
        name: `${plainLabel(group)} (${wholeNumber(own.length)})`,
        x: own.map((row) => row.x),
        y: own.map((row) => row.y),
        marker: { color: categoryColor(group), size: 7, opacity: 0.7 },
        hovertext: own.map((row) => plainLabel(row.text ?? `${row.x}, ${row.y}`)),
        hovertemplate: '%{hovertext}<extra></extra>',
      };
    }),
    layout: themedLayout({
      title: plainLabel(title),
      subtitle: `${counted(dots.length, 'row')}${left > 0 ? `, ${wholeNumber(left)} without both numbers left out` : ''}`,
      showlegend: groups.length > 1,
      xaxis: { title: { text: plainLabel(x) } },
      yaxis: { title: { text: plainLabel(y) } },
    }),
  };
}
