import type { MeasuredShare, TurnMeasures } from '../../analysis/measure-turns.js';
import type { Figure, ScatterTrace } from './figure.js';
import { counted, percent } from './label.js';
import { colors, shareAxis, themedLayout, whiskers } from './theme.js';

export type MeasuredTemperature = TurnMeasures & { readonly temperature: number };

type Axes = 'fresh' | 'wellFormed' | 'passed';

/** How different, how well formed, and how often let through by the filter drawn problems are against the temperature, with 95 % whiskers. */
export function temperatureShares(rows: readonly MeasuredTemperature[]): Figure {
  return {
    data: [
      // The filter's first: where curves meet, the other two lie on top
      curve(rows, { field: 'passed', name: 'passes the filter', color: colors.grey }),
      curve(rows, { field: 'wellFormed', name: 'well formed', color: colors.vermilion }),
      curve(rows, { field: 'fresh', name: 'new', color: colors.blue }),
    ],
    layout: themedLayout({
      title: 'Temperature against distinctness',
      subtitle: `${counted(rows[0]?.n ?? 0, 'text')} at each, new: no pattern of the earlier half · whiskers: 95% Wilson intervals`,
      showlegend: true,
      xaxis: temperatureAxis(rows),
      yaxis: { title: { text: 'share of the texts' }, ...shareAxis },
    }),
  };
}

/** Mean length in tokens against the temperature, with 95 % whiskers. */
export function temperatureLengths(rows: readonly MeasuredTemperature[]): Figure {
  const measured = rows.map(({ tokens: { mean, interval } }) => ({ accuracy: mean, interval }));
  const highest = Math.max(10, ...rows.map(({ tokens }) => tokens.interval[1]));
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'tokens',
        x: rows.map(({ temperature }) => String(temperature)),
        y: rows.map(({ tokens }) => tokens.mean),
        error_y: { ...whiskers(measured), color: colors.blue },
        line: { color: colors.blue, width: 2 },
        marker: { color: colors.blue, size: 7 },
        hovertext: rows.map(
          ({ temperature, tokens: { mean, interval } }) =>
            `at ${temperature}: ${mean.toFixed(1)} tokens (95%: ${interval[0].toFixed(1)} to ${interval[1].toFixed(1)})`,
        ),
        hovertemplate: '%{hovertext}<extra></extra>',
      },
    ],
    layout: themedLayout({
      title: 'Temperature against length',
      subtitle: `${counted(rows[0]?.n ?? 0, 'text')} at each · whiskers: 95% bootstrap intervals of the mean`,
      height: 300,
      xaxis: temperatureAxis(rows),
      yaxis: { title: { text: 'mean length (tokens)' }, range: [0, highest * 1.08] },
    }),
  };
}

function curve(
  rows: readonly MeasuredTemperature[],
  { field, name, color }: { readonly field: Axes; readonly name: string; readonly color: string },
): ScatterTrace {
  const shares = rows.map((row): MeasuredShare => row[field]);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x: rows.map(({ temperature }) => String(temperature)),
    y: shares.map(({ share }) => share),
    error_y: { ...whiskers(shares.map(({ share, interval }) => ({ accuracy: share, interval }))), color },
    line: { color, width: 2 },
    marker: { color, size: 7 },
    hovertext: shares.map(({ count, n, interval: [low, high] }, index) => {
      const range = `95%: ${percent(low, { digits: 1 })} to ${percent(high, { digits: 1 })}`;
      return `${name} at ${rows[index]?.temperature}: ${count} of ${n} (${range})`;
    }),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}

function temperatureAxis(rows: readonly MeasuredTemperature[]) {
  const names = rows.map(({ temperature }) => String(temperature));
  return {
    title: { text: 'temperature' },
    type: 'category',
    categoryarray: names,
    tickvals: names,
    showgrid: false,
  } as const;
}
