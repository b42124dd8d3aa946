import type { DataFrame } from '../../analysis/to-data-frame.js';
import type { Figure, Trace } from './figure.js';
import { counted, plainLabel } from './label.js';
import { categoryColor, categoryOrder, colors, themedLayout } from './theme.js';

export type PlotFrameOptions = {
  /** @default 'bars' */
  readonly kind?: 'bars' | 'points' | 'line';
  /** The column along the axis; text gives a place to each word. */
  readonly x: string;
  /** A column of numbers. */
  readonly y: string;
  /** A column whose values get a colour each. @default all the same */
  readonly color?: string;
  /** @default the names of both columns */
  readonly title?: string;
};

/**
 * Two columns of a data frame against each other: any frame, grouped or filtered before. A row without a number in `y` is left out.
 *
 * @throws RangeError for a column that the frame does not have
 * @example showFigure(plotFrame(frame.groupby(['level']).col(['correct']).mean(), { x: 'level', y: 'correct_mean' }));
 */
export function plotFrame(frame: DataFrame, { kind = 'bars', x, y, color, title }: PlotFrameOptions): Figure {
  const at = (column: string): number => {
    const place = frame.columns.indexOf(column);
    if (place === -1) throw new RangeError(`Cannot plot "${column}": the columns are ${frame.columns.join(', ')}`);
    return place;
  };
  const [xAt, yAt, colorAt] = [at(x), at(y), color === undefined ? undefined : at(color)];
  const points = frame.values.flatMap((row) => {
    const cells = row as readonly unknown[];
    const [place, value] = [cells[xAt], cells[yAt]];
    if (typeof value !== 'number' || !Number.isFinite(value) || place == null) return [];
    const group = colorAt === undefined ? '' : plainLabel(String(cells[colorAt]));
    return [{ place: typeof place === 'number' ? place : plainLabel(String(place)), value, group }];
  });
  const groups = categoryOrder(points.map(({ group }) => group));
  return {
    data: groups.map((group) => trace(kind, group, points)),
    layout: themedLayout({
      title: title ?? `${plainLabel(y)} by ${plainLabel(x)}`,
      subtitle: counted(points.length, 'row'),
      ...(kind === 'bars' ? { bargap: 0.4 } : {}),
      showlegend: groups.length > 1,
      xaxis: { title: { text: plainLabel(x) }, showgrid: kind !== 'bars' },
      yaxis: { title: { text: plainLabel(y) } },
    }),
  };
}

type Point = { readonly place: string | number; readonly value: number; readonly group: string };

function trace(kind: NonNullable<PlotFrameOptions['kind']>, group: string, all: readonly Point[]): Trace {
  const own = all.filter((point) => point.group === group);
  const color = group === '' ? colors.blue : categoryColor(group);
  const shared = {
    ...(group === '' ? {} : { name: group }),
    x: own.map(({ place }) => place),
    y: own.map(({ value }) => value),
  };
  if (kind === 'bars') return { type: 'bar', ...shared, marker: { color } };
  const line = kind === 'line' ? { line: { color, width: 2 } } : {};
  return {
    type: 'scatter',
    mode: kind === 'line' ? 'lines+markers' : 'markers',
    ...shared,
    ...line,
    marker: { color, size: 7 },
  };
}
