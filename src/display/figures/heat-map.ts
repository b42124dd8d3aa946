import type { AnyFigure } from './any-figure.js';
import { counted, plainLabel } from './label.js';
import { colors, themedLayout } from './theme.js';

export type HeatRow = { readonly x: string | number; readonly y: string | number; readonly value: number };

/**
 * A cell for each pair of x and y, the darker the larger its value; several rows of one cell give their mean. The cells say
 * their values where there are few. Plotly alone draws it: on pages without scripts its line of text stands.
 */
export function heatMap(
  rows: readonly HeatRow[],
  {
    title,
    x,
    y,
    format = (value) => String(Number(value.toPrecision(3))),
  }: {
    readonly title: string;
    readonly x: string;
    readonly y: string;
    /** A value in words. @default three digits */
    readonly format?: (value: number) => string;
  },
): AnyFigure {
  const numbers = rows.filter(({ value }) => Number.isFinite(value));
  const [columns, lines] = [inOrder(numbers.map((row) => row.x)), inOrder(numbers.map((row) => row.y))];
  const cells = new Map<string, number[]>();
  for (const row of numbers) {
    const key = JSON.stringify([row.x, row.y]);
    cells.set(key, [...(cells.get(key) ?? []), row.value]);
  }
  const values = lines.map((line) => columns.map((column) => mean(cells.get(JSON.stringify([column, line])))));
  const labels = values.map((row) => row.map((value) => (value === null ? '' : format(value))));
  const isSmall = columns.length * lines.length <= 150;
  return {
    data: [
      {
        type: 'heatmap',
        x: columns.map(plainLabel),
        y: lines.map(plainLabel),
        z: values,
        text: labels,
        ...(isSmall ? { texttemplate: '%{text}' } : {}),
        hovertemplate: `${plainLabel(x)} %{x}, ${plainLabel(y)} %{y}: %{text}<extra></extra>`,
        // from near the page's grey to our blue: text on both is readable
        colorscale: [
          [0, '#f1f5f9'],
          [1, colors.blue],
        ],
        xgap: 2,
        ygap: 2,
        colorbar: { thickness: 12, outlinewidth: 0 },
      },
    ],
    layout: themedLayout({
      title: plainLabel(title),
      subtitle: counted(numbers.length, 'value'),
      height: 150 + 34 * Math.max(3, Math.min(20, lines.length)),
      xaxis: { title: { text: plainLabel(x) }, type: 'category', showgrid: false },
      yaxis: { title: { text: plainLabel(y) }, type: 'category', autorange: 'reversed', showgrid: false },
    }),
  };
}

/** Numbers by size, words as they came. */
function inOrder(values: readonly (string | number)[]): (string | number)[] {
  const distinct = [...new Set(values)];
  return distinct.every((value) => typeof value === 'number')
    ? distinct.sort((a, b) => Number(a) - Number(b))
    : distinct;
}

function mean(values: readonly number[] | undefined): number | null {
  return values === undefined ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
